/** The storm: wind, hail and floods, all told of one night. */
import { talesOf } from './tale.ts';

export const stormAtHome = [
  ...talesOf('home', 'storm')(
    [
      900,
      6_800,
      ({ dice, address }) => ({
        place: address,
        narrative: `The gale took ${dice.between(6, 40)} tiles and a length of gutter. You can see daylight from the loft and the ${dice.pick(['bedroom ceiling', 'insulation', 'landing carpet'])} is wet through.`,
      }),
    ],
    [
      500,
      2_600,
      ({ dice, address }) => ({
        place: address,
        narrative: `Whole fence flat, ${dice.pick(['shed roof two gardens away', 'greenhouse is just a frame', 'garden wall gave way'])}. We could hear it going about ${dice.between(2, 5)} in the morning.`,
      }),
    ],
    [
      1_500,
      7_200,
      ({ address, dice }) => ({
        place: address,
        narrative: `Hail the size of ${dice.pick(['walnuts', 'golf balls', 'eggs'])}. Roof lights, conservatory roof and all the panels on the south side are smashed.`,
      }),
    ],
  ),
  ...talesOf('home', 'water')(
    [
      4_000,
      19_000,
      ({ address, dice }) => ({
        place: address,
        narrative: `Sea came over the wall and down the lane. ${dice.between(15, 70)} centimetres in the ground floor. We carried what we could upstairs. Carpets, kitchen and the boiler are gone, there is mud in everything.`,
      }),
    ],
    [
      2_500,
      11_000,
      ({ address }) => ({
        place: address,
        narrative:
          'The beck burst its bank behind us and came in through the back door. Power is off. My husband is not well and we need somewhere to stay, please ring me.',
      }),
    ],
  ),
];
export const stormOnCars = [
  ...talesOf('motor', 'storm')(
    [
      800,
      4_400,
      ({ dice, model, address }) => ({
        place: address,
        narrative: `Hail all over the ${model}: roof, bonnet and both wings look like a golf ball. ${dice.pick(['Rear window gone too.', 'Windscreen cracked as well.', 'It drives all right.'])}`,
        firstImpact: 'roof',
        damagedAreas: ['roof', 'bonnet', 'wings'],
      }),
    ],
    [
      1_200,
      6_000,
      ({ dice, address }) => ({
        place: address,
        narrative: `A ${dice.pick(['branch', 'roof tile', 'wheelie bin', 'piece of scaffolding'])} came down on it in the gale. Roof pushed in over the ${dice.pick(['driver', 'passenger'])} side and the door will not shut.`,
        firstImpact: 'roof',
        isDrivable: false,
      }),
    ],
  ),
  ...talesOf(
    'motor',
    'water',
  )([
    3_000,
    8_800,
    ({ address, model }) => ({
      place: address,
      narrative: `Sea water up to the seats. The ${model} will not start and the dashboard flickers. Neighbours pulled it onto the verge with a tractor.`,
      isDrivable: false,
      whereNow: 'On the verge in front of the house',
    }),
  ]),
];
