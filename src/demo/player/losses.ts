/** What happens to people: invented losses, as they would tell them. */
import type { z } from 'zod';
import type { Peril } from '../../../rooms/claim/loss.ts';

export interface Told {
  readonly peril: z.output<typeof Peril>;
  readonly place: string;
  readonly narrative: string;
  readonly isInjury?: true;
  /** A vehicle that could not be driven away. */
  readonly isStranded?: true;
}

const onTheRoad: readonly Told[] = [
  {
    peril: 'collision',
    place: 'Grapes Hill, Norwich',
    narrative: 'Reversed into a bollard in the car park. Bumper and one light are broken.',
  },
  {
    peril: 'collision',
    place: 'A47 at Postwick',
    narrative: 'The van in front braked and I ran into it. The bonnet will not open.',
    isStranded: true,
  },
  {
    peril: 'collision',
    place: 'Unthank Road, Norwich',
    narrative: 'A cyclist came out between parked cars. We both stopped too late; his wrist is hurt.',
    isInjury: true,
  },
  {
    peril: 'glass',
    place: 'A11 near Attleborough',
    narrative: 'A lorry threw up a stone. The crack runs across the whole windscreen.',
  },
  { peril: 'glass', place: 'Home, on the drive', narrative: 'A football went through the rear window.' },
  {
    peril: 'theft',
    place: 'Riverside car park',
    narrative: 'The car was gone when we came back from the cinema. Both keys are with me.',
    isStranded: true,
  },
  {
    peril: 'storm',
    place: 'Cromer sea front',
    narrative: 'A branch came down on the roof in the gale. Roof and aerial are dented.',
  },
  {
    peril: 'water',
    place: 'Ford at Lamas',
    narrative: 'The water was deeper than it looked. The engine stopped and has not started since.',
    isStranded: true,
  },
  {
    peril: 'vandalism',
    place: 'Prince of Wales Road',
    narrative: 'Somebody ran a key along both doors on the driver’s side.',
  },
  {
    peril: 'fire',
    place: 'A140 lay-by at Long Stratton',
    narrative: 'Smoke from under the bonnet, then flames. The fire brigade put it out.',
    isStranded: true,
  },
];
const atHome: readonly Told[] = [
  {
    peril: 'water',
    place: 'Bathroom',
    narrative: 'The hose of the washing machine came off. The ceiling below is stained and sagging.',
  },
  {
    peril: 'water',
    place: 'Kitchen',
    narrative: 'The dishwasher leaked for some days before we saw it. The floor has lifted.',
  },
  { peril: 'water', place: 'Loft', narrative: 'The tank in the loft overflowed. Two bedrooms are wet.' },
  { peril: 'storm', place: 'Roof, south side', narrative: 'Eleven tiles came off in the night and the rain came in.' },
  { peril: 'storm', place: 'Garden', narrative: 'The wind took the fence and the neighbour’s tree lies on the shed.' },
  {
    peril: 'theft',
    place: 'Back door',
    narrative: 'They forced the back door. A laptop, a camera and my mother’s ring are gone.',
  },
  { peril: 'theft', place: 'Garage', narrative: 'Two bicycles were taken; the lock was cut through.' },
  {
    peril: 'fire',
    place: 'Kitchen',
    narrative: 'A pan caught fire. Hood and cupboards are burnt, smoke is everywhere.',
  },
  {
    peril: 'vandalism',
    place: 'Front of the house',
    narrative: 'Two windows were smashed and paint thrown at the door.',
  },
];

/** Those that a policy of this line covers. */
export const lossesOf = (line: string, perils: ReadonlySet<string>): readonly Told[] =>
  (line === 'motor' ? onTheRoad : line === 'home' ? atHome : []).filter(({ peril }) => perils.has(peril));
/** Any that a draft with this peril may have been about. */
export const lossesBy = (peril: string | undefined): readonly Told[] => {
  const all = [...atHome, ...onTheRoad];
  const like = all.filter((told) => told.peril === peril);
  return like.length > 0 ? like : all;
};
