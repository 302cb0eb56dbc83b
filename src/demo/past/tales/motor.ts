/** What else happens to cars. */
import { talesOf } from './tale.ts';

export const carThefts = talesOf('motor', 'theft')(
  [
    4_500,
    13_500,
    ({ dice, address, model }) => ({
      place: address,
      narrative: `The ${model} was on the drive at ${dice.between(9, 11)} last night and gone this morning. Both keys are here. ${dice.pick(['No glass on the ground.', 'The doorbell camera shows two people and a laptop.', 'Next door lost theirs last month.'])}`,
      policeReference: `NC-${dice.between(10_000, 99_999)}`,
      isDrivable: false,
      needsHire: true,
    }),
  ],
  [
    700,
    1_900,
    ({ dice, street }) => ({
      place: street,
      narrative: `Catalytic converter cut out underneath. Started the car and it sounded like a ${dice.pick(['tractor', 'racing car', 'tank'])}. Took them ten minutes at most, I was only in the chemist's.`,
      policeReference: `NC-${dice.between(10_000, 99_999)}`,
      isDrivable: false,
    }),
  ],
  [
    350,
    1_600,
    ({ dice, town }) => ({
      place: `Station car park, ${town}`,
      narrative: `Window smashed and my ${dice.pick(['laptop bag', 'tool box', 'golf clubs', 'sat nav and jacket'])} taken from the boot. Police gave me a number and nothing else.`,
      policeReference: `NC-${dice.between(10_000, 99_999)}`,
    }),
  ],
  [
    500,
    1_400,
    ({ street }) => ({
      place: street,
      narrative: 'Two alloy wheels gone, car left on bricks. Locking nuts did not stop them.',
      isDrivable: false,
    }),
  ],
);
export const carFires = talesOf('motor', 'fire')(
  [
    3_000,
    9_500,
    ({ town, model }) => ({
      place: `A140 near ${town}`,
      narrative: `Smoke from under the bonnet, I pulled over and got everyone out. Fire brigade put it out but the front of the ${model} is burnt. Recovered to a yard.`,
      isDrivable: false,
      isTowed: true,
      whereNow: `Recovery yard, ${town}`,
    }),
  ],
  [
    900,
    3_800,
    ({ street }) => ({
      place: street,
      narrative:
        'A wheelie bin was set alight next to where I park. Paint bubbled on the whole side and a tyre melted. Fire service have a report.',
      isDrivable: false,
    }),
  ],
);
export const glass = talesOf('motor', 'glass')(
  [
    180,
    780,
    ({ dice, town }) => ({
      place: `A${dice.pick(['11', '47', '140', '149'])} near ${town}`,
      narrative: `A stone off a lorry hit the windscreen. ${dice.pick(['The crack is as long as my hand and growing.', 'It is right in front of the driver.', 'Chip at first, crack by the evening.'])}`,
    }),
  ],
  [
    140,
    420,
    ({ dice, street }) => ({
      place: street,
      narrative: `${dice.pick(['Rear side', 'Quarter', 'Passenger'])} window broken, ${dice.pick(['a football I think', 'nothing taken', 'bits of glass everywhere'])}. Needs doing soon, it is going to rain.`,
    }),
  ],
  [
    320,
    980,
    ({ model }) => ({
      place: 'At home, on the drive',
      narrative: `Scraped the ice off this morning and the windscreen of the ${model} split from edge to edge. It has the camera behind the mirror, so it will need setting up again.`,
    }),
  ],
  [
    250,
    900,
    ({ town }) => ({
      place: `Multi-storey car park, ${town}`,
      narrative:
        'Panoramic roof has shattered into a thousand pieces. No idea what fell on it. Taped a bag over it for now.',
    }),
  ],
);
export const carVandalism = talesOf('motor', 'vandalism')(
  [
    400,
    2_400,
    ({ dice, street }) => ({
      place: street,
      narrative: `Somebody ran a key along ${dice.pick(['three cars in our street', 'the whole driver’s side', 'both doors and the bonnet'])}. Down to the metal in places.`,
      policeReference: `NC-${dice.between(10_000, 99_999)}`,
    }),
  ],
  [
    300,
    1_100,
    ({ street, dice }) => ({
      place: street,
      narrative: `${dice.pick(['Both mirrors kicked off', 'Aerial and wipers bent', 'Eggs and white paint all over'])}, Saturday night. Four of us on the road had the same.`,
    }),
  ],
  [
    250,
    800,
    ({ street }) => ({
      place: street,
      narrative: 'All four tyres let down, two of them cut. I had to cancel a hospital appointment.',
      isDrivable: false,
    }),
  ],
);
export const carOther = talesOf('motor', 'other')(
  [
    300,
    1_300,
    ({ dice, town }) => ({
      place: `Petrol station, ${town}`,
      narrative: `Put ${dice.pick(['petrol in a diesel', 'diesel in the petrol car'])}. Drove ${dice.between(1, 6)} miles before it coughed. Towed to the garage, tank has to come out.`,
      isDrivable: false,
      isTowed: true,
    }),
  ],
  [
    250,
    1_200,
    ({ dice, street }) => ({
      place: street,
      narrative: `Pothole ${dice.pick(['full of water, could not see it', 'on the bend'])}. Tyre burst, rim bent, and now the steering pulls to the left. I have photos with a ruler in it.`,
    }),
  ],
  [
    400,
    1_700,
    ({ dice }) => ({
      place: 'At home, in the car port',
      narrative: `Something has eaten the wiring under the bonnet, ${dice.pick(['martens', 'rats', 'squirrels'])} the garage says. It will not start and every light is on.`,
      isDrivable: false,
    }),
  ],
);
