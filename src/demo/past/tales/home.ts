/** What happens to houses and what is in them. */
import { talesOf } from './tale.ts';

export const leaks = talesOf('home', 'water')(
  [
    1_200,
    9_500,
    ({ dice, address }) => ({
      place: `${dice.pick(['Kitchen', 'Utility room'])}, ${address}`,
      narrative: `The ${dice.pick(['washing machine hose', 'dishwasher pipe', 'pipe under the sink'])} let go while we were out. Came home to water ${dice.pick(['over the skirting', 'running out of the back door', 'up to the first step'])}. Floor is lifting and the units are swelling.`,
    }),
  ],
  [
    2_500,
    14_000,
    ({ dice, address }) => ({
      place: address,
      narrative: `Tank in the loft burst ${dice.pick(['on Sunday night', 'while we were at my sister’s', 'after the cold spell'])}. Ceiling of the ${dice.pick(['back bedroom', 'landing', 'bathroom'])} is down and it came through to the lounge. The plumber has stopped it.`,
    }),
  ],
  [
    800,
    4_200,
    ({ dice, address }) => ({
      place: `Bathroom, ${address}`,
      narrative: `Slow leak behind the shower, we noticed when the ${dice.pick(['hall ceiling went brown', 'wallpaper came off', 'light downstairs fizzed'])}. Plumber says it has been going for ${dice.between(2, 8)} weeks.`,
    }),
  ],
  [
    600,
    3_400,
    ({ address, dice }) => ({
      place: address,
      narrative: `The flat above let their bath run over. Water through the ${dice.pick(['kitchen', 'bedroom', 'hall'])} ceiling, carpet soaked, ${dice.pick(['television dead', 'sofa ruined', 'my books are a sponge'])}. They say their insurance will talk to mine.`,
      isThirdPartyInvolved: true,
    }),
  ],
  [
    1_500,
    7_800,
    ({ address }) => ({
      place: `Cellar, ${address}`,
      narrative:
        'Drain backed up after two days of rain and the cellar has a foot of dirty water in it. Boiler is down there, no heating.',
    }),
  ],
);
export const houseStorms = talesOf('home', 'storm')(
  [
    700,
    5_500,
    ({ dice, address }) => ({
      place: address,
      narrative: `${dice.between(8, 30)} tiles off the roof in the night and water coming into the ${dice.pick(['loft', 'spare room', 'box room'])}. A man put a sheet over it, cash in hand, I have his receipt.`,
    }),
  ],
  [
    400,
    2_200,
    ({ address, dice }) => ({
      place: address,
      narrative: `Fence down on both sides and the ${dice.pick(['greenhouse', 'shed roof', 'trampoline'])} went over into next door.`,
    }),
  ],
  [
    2_000,
    9_000,
    ({ address }) => ({
      place: address,
      narrative:
        'The old ash came down on the extension. Roof light and gutter smashed, one wall has a crack I can put a finger in. The tree is still lying there.',
    }),
  ],
  [
    600,
    2_800,
    ({ address, dice }) => ({
      place: address,
      narrative: `Chimney pot and some bricks came down, ${dice.pick(['through the conservatory', 'onto the porch', 'missed my car by a foot'])}. Soot all over the front room.`,
    }),
  ],
);
export const burglaries = talesOf('home', 'theft')(
  [
    1_200,
    6_500,
    ({ dice, address }) => ({
      place: address,
      narrative: `Broken into ${dice.pick(['while we were at work', 'on Friday evening', 'during the school run'])}, back door forced. ${dice.pick(['My mother’s rings and the watch', 'Two laptops and a camera', 'Cash, tablet and my coat'])} gone, drawers tipped out. Police have been.`,
      policeReference: `NC-${dice.between(10_000, 99_999)}`,
    }),
  ],
  [
    450,
    2_600,
    ({ dice, address }) => ({
      place: `Garage, ${address}`,
      narrative: `Lock cut off the garage and ${dice.pick(['two bikes', 'my tools', 'the e-bike and its charger', 'mower and strimmer'])} taken. I have the receipts for most of it.`,
      policeReference: `NC-${dice.between(10_000, 99_999)}`,
    }),
  ],
  [
    300,
    1_400,
    ({ address, dice }) => ({
      place: address,
      narrative: `A man said he was from the ${dice.pick(['water board', 'council', 'gas company'])} and while I was showing him the meter somebody else went upstairs. My purse and the jewellery box are gone. I feel so stupid.`,
      policeReference: `NC-${dice.between(10_000, 99_999)}`,
    }),
  ],
);
export const houseFires = talesOf('home', 'fire')(
  [
    1_500,
    9_800,
    ({ dice, address }) => ({
      place: `Kitchen, ${address}`,
      narrative: `${dice.pick(['Chip pan', 'Toaster', 'Tumble dryer', 'Grill'])} caught fire. We got out, the brigade was here in ten minutes. Kitchen is black from the ceiling down and the whole house smells of smoke.`,
    }),
  ],
  [
    600,
    3_200,
    ({ address }) => ({
      place: address,
      narrative:
        'A candle on the windowsill took the curtain and the blind. Put it out with a wet towel. Window frame, wall and carpet need doing.',
    }),
  ],
  [
    9_000,
    38_000,
    ({ address, dice }) => ({
      place: address,
      narrative: `${dice.pick(['Electrical fault in the loft', 'The charger of a scooter in the hall'])}, the fire officer thinks. Roof over the back half is open, upstairs cannot be lived in. We are staying with family.`,
    }),
  ],
);
export const houseVandalism = talesOf('home', 'vandalism')(
  [
    250,
    1_500,
    ({ address, dice }) => ({
      place: address,
      narrative: `${dice.pick(['Spray paint over the front door and garage', 'A brick through the front window', 'Garden wall pushed over'])}, probably the same lads as at number ${dice.between(3, 60)}. We have it on the doorbell camera.`,
      policeReference: `NC-${dice.between(10_000, 99_999)}`,
    }),
  ],
  [
    400,
    2_100,
    ({ address }) => ({
      place: address,
      narrative:
        'We were away for a week. Someone turned on the outside tap and kicked the side gate in. Patio and flower beds are washed out.',
    }),
  ],
);
export const houseOther = talesOf('home', 'other')(
  [
    200,
    1_400,
    ({ dice, address }) => ({
      place: address,
      narrative: `${dice.pick(['My toddler', 'The dog', 'The removal man', 'I, with a ladder,'])} ${dice.pick(['knocked the television off its stand', 'put a foot through the ceiling', 'tipped a tin of paint over the new carpet'])}. I have taken photos.`,
    }),
  ],
  [
    350,
    1_900,
    ({ dice, address }) => ({
      place: address,
      narrative: `Dropped the ${dice.pick(['iron', 'kettle', 'drill'])} and it cracked the ${dice.pick(['hob', 'basin', 'worktop', 'shower tray'])} right across. The shop no longer sells it by itself.`,
    }),
  ],
);
export const panes = talesOf(
  'home',
  'glass',
)([
  180,
  900,
  ({ dice, address }) => ({
    place: address,
    narrative: `${dice.pick(['A mower stone', 'A pigeon', 'A tennis ball'])} went through the ${dice.pick(['patio door', 'conservatory', 'big front window'])}. Boarded up for now.`,
  }),
]);
