/** Cars that met something. */
import { talesOf, weather } from './tale.ts';

export const collisions = talesOf('motor', 'collision')(
  [
    900,
    4_200,
    ({ dice, street, town }) => ({
      place: street,
      narrative: `I was waiting to turn right ${dice.pick(weather)} and the van behind did not stop. ${dice.pick(['The boot will not open.', 'The bumper hangs down on one side.', 'Both rear lights are gone.'])} We swapped details; the driver said sorry. That was in ${town}.`,
      firstImpact: '6',
      damagedAreas: ['rear bumper', 'boot lid'],
      isThirdPartyInvolved: true,
    }),
  ],
  [
    600,
    2_600,
    ({ dice, town }) => ({
      place: `Supermarket car park, ${town}`,
      narrative: `Came back from shopping and found the ${dice.pick(['left', 'right'])} side scraped from the front door to the back wheel. ${dice.pick(['No note.', 'Somebody left a note with half a phone number.', 'The shop says the camera does not reach that far.'])}`,
      firstImpact: dice.pick(['3', '9']),
      damagedAreas: ['front door', 'rear door', 'rear wing'],
    }),
  ],
  [
    1_800,
    6_800,
    ({ dice, street, model }) => ({
      place: `Crossroads at ${street}`,
      narrative: `A car came out of the side road ${dice.pick(weather)} and hit my ${model} on the passenger side. ${dice.pick(['I spun round once.', 'I was pushed onto the kerb.', 'My airbag went off.'])} The police came and took both our names.`,
      firstImpact: '9',
      damagedAreas: ['passenger door', 'sill', 'front wing'],
      isThirdPartyInvolved: true,
      policeReference: `NC-${dice.between(10_000, 99_999)}`,
      isDrivable: false,
      isTowed: true,
    }),
  ],
  [
    700,
    3_100,
    ({ dice, street }) => ({
      place: street,
      narrative: `Reversed into a ${dice.pick(['bollard', 'low wall', 'lamp post', 'skip'])} I did not see. My own fault. The tailgate ${dice.pick(['has a dent the size of a plate', 'will not close properly', 'is creased along the bottom'])} and the sensor beeps all the time.`,
      firstImpact: '6',
      damagedAreas: ['tailgate'],
    }),
  ],
  [
    2_200,
    7_500,
    ({ dice, town }) => ({
      place: `A47 near ${town}`,
      narrative: `Deer ran out ${dice.pick(['just after six in the morning', 'at dusk', 'late at night'])}, no chance to brake. Bonnet, grille and ${dice.pick(['one headlight', 'both headlights', 'the radiator'])} are done for. I am fine, only shaken.`,
      firstImpact: '12',
      damagedAreas: ['bonnet', 'grille', 'headlight'],
      isDrivable: false,
      isLeakingFluids: true,
      whereNow: `Recovery yard, ${town}`,
    }),
  ],
  [
    1_200,
    5_200,
    ({ dice, town }) => ({
      place: `Roundabout at the ring road, ${town}`,
      narrative: `We both went for the same lane. He says it was me, I say it was him. ${dice.pick(['A woman in the car behind saw it all and gave me her number.', 'My passenger filmed the cars afterwards.', 'There is a dashcam in my car, I can send the clip.'])} Front wing and mirror.`,
      firstImpact: '2',
      damagedAreas: ['front wing', 'mirror'],
      isThirdPartyInvolved: true,
    }),
  ],
  [
    400,
    1_500,
    ({ street, dice }) => ({
      place: street,
      narrative: `Parked outside the house overnight, this morning the wing mirror was ${dice.pick(['in the gutter', 'hanging by its cable', 'gone altogether'])} and there is a long scratch. Neighbour heard a bang around ${dice.between(1, 5)}.`,
      firstImpact: '3',
      damagedAreas: ['mirror', 'front door'],
    }),
  ],
  [
    1_500,
    5_900,
    ({ dice, town }) => ({
      place: `Slip road of the A11, ${town}`,
      narrative: `Traffic stopped suddenly and I slid into the car in front ${dice.pick(weather)}. Low speed, maybe ${dice.between(10, 20)} miles an hour. Nobody hurt. Their bumper has a crack, my front is pushed in and steam came out.`,
      firstImpact: '12',
      damagedAreas: ['front bumper', 'radiator'],
      isThirdPartyInvolved: true,
      isDrivable: false,
      needsHire: dice.chance(50),
    }),
  ],
);

/** Somebody was hurt. */
export const injuries = talesOf('motor', 'collision')(
  [
    3_500,
    9_000,
    ({ dice, street }) => ({
      place: street,
      narrative: `Hit from behind at the lights, hard. My neck and shoulder hurt since and I have been to the ${dice.pick(['walk-in centre', 'doctor', 'hospital'])}. The car is at the garage and they say not to drive it.`,
      firstImpact: '6',
      isInjury: true,
      isDrivable: false,
      isThirdPartyInvolved: true,
      needsHire: true,
      policeReference: `NC-${dice.between(10_000, 99_999)}`,
    }),
  ],
  [
    4_200,
    12_000,
    ({ dice, town }) => ({
      place: `B1108 outside ${town}`,
      narrative: `Oncoming car cut the bend and caught my front corner. Airbags went off. My ${dice.pick(['daughter', 'son', 'grandson'])} was in the back, ${dice.pick(['checked over and sent home', 'kept in overnight to be sure'])}. I have a bruised chest from the belt.`,
      firstImpact: '1',
      isInjury: true,
      isChildInvolved: true,
      isAirbagDeployed: true,
      isDrivable: false,
      isTowed: true,
      isThirdPartyInvolved: true,
      policeReference: `NC-${dice.between(10_000, 99_999)}`,
    }),
  ],
  [
    2_800,
    7_000,
    ({ street }) => ({
      place: street,
      narrative:
        'A cyclist came off the pavement in front of me and I could not stop in time. Slow speed, but he broke his wrist. An ambulance came. Bumper and bonnet have marks.',
      firstImpact: '12',
      isInjury: true,
      isThirdPartyInvolved: true,
    }),
  ],
);
