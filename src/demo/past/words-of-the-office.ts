/** What people of the office write: to the holder, to each other, and into decisions. */
import type { Loss } from '../../../rooms/claim/loss.ts';
import type { Dice } from './dice.ts';

type Peril = Loss['peril'];
type OnWhat = 'motor' | 'home';

const firstName = (name: string) => name.split(' ')[0];

export const firstContact = (dice: Dice, holder: string, by: string): string =>
  dice.pick([
    `Dear ${holder}, thank you for letting us know. I am looking after your claim and will be in touch within two working days. You can write to me here at any time. ${by}`,
    `Hello ${firstName(holder)}, this is ${by}. I have read your report and have what I need to begin. I am sorry this happened to you.`,
    `Good morning ${firstName(holder)}, we spoke just now: I will arrange the repair and you need not pay anything but the excess. ${by}`,
    `Dear ${holder}, I have taken on your claim. Please keep receipts of anything urgent you have to pay for, and do not throw away what is damaged until we say so. Kind regards, ${by}`,
    `Hello ${firstName(holder)}, I tried to ring you this morning. Nothing to worry about: could you tell me when it suits you to talk? ${by}`,
    `Dear ${holder}, your claim is with me now. The next step is an estimate, which usually takes three to five days. ${by}`,
  ]);

const notesOn: Record<OnWhat, readonly string[]> = {
  motor: [
    'Rang the holder: calm, clear, has photos. Sounds right.',
    'Garage can look at it on Thursday, courtesy car promised from Friday.',
    'Photos came in. Damage fits the story, nothing older underneath as far as I can see.',
    'Estimate looks high on paint hours. Asked for the breakdown.',
    'Parts are on back order, garage says ten days. Told the holder.',
    'Other side’s insurer asked for our file reference, sent.',
    'Holder prefers e-mail, works nights.',
    'MOT and tax in order on the day. No previous claim on this car.',
  ],
  home: [
    'Rang the holder: they can stay in the house, one room shut off.',
    'Drying firm is in, readings again in a week.',
    'Three photos and the plumber’s invoice are here. Cause is clear.',
    'Two estimates are 40 percent apart. Asked the dearer one what is in it.',
    'Neighbour’s insurer has been told, no answer yet.',
    'Elderly couple. Please ring after ten and speak slowly, he is hard of hearing.',
    'Sum insured looks about right for the house.',
    'Builder starts on Monday if we say yes by Friday.',
  ],
};
export const noteOn = (dice: Dice, on: OnWhat): string => dice.pick(notesOn[on]);

const findings: Record<OnWhat, readonly string[]> = {
  motor: [
    'Seen at the garage. Structural parts are straight; bolt-on panels and paint only. Repair is economic.',
    'Inspected. Hidden damage behind the bumper, carrier is bent. Estimate should be raised accordingly.',
    'Seen by video with the garage. Estimate is fair, two hours off for polishing.',
  ],
  home: [
    'Visited. Damage is fresh and matches the report. Decoration of the adjoining room is not part of it.',
    'Visited with a moisture meter: wet to one metre. Needs drying before anyone plasters.',
    'Seen. Roof covering was near the end of its life in places, the rest is wind damage.',
  ],
};
export const finding = (dice: Dice, on: OnWhat): string => dice.pick(findings[on]);

interface Item {
  readonly kind: 'document' | 'photo' | 'answer' | 'signature';
  readonly text: string;
}
const asked: Record<OnWhat, readonly (readonly Item[])[]> = {
  motor: [
    [{ kind: 'photo', text: 'Two photos of the damage from a few steps away, with the number plate in one of them.' }],
    [
      { kind: 'document', text: 'The estimate of your garage.' },
      { kind: 'answer', text: 'Has this part of the car been repaired before?' },
    ],
    [{ kind: 'answer', text: 'Name and phone number of the person who saw it, if you have them.' }],
    [
      { kind: 'document', text: 'Both sides of your driving licence.' },
      { kind: 'signature', text: 'Your signature under the statement we sent you.' },
    ],
  ],
  home: [
    [{ kind: 'photo', text: 'Photos of the room, and one close up of where it came from.' }],
    [
      { kind: 'document', text: 'The invoice or report of whoever repaired the cause.' },
      { kind: 'answer', text: 'Since when do you think it has been like this?' },
    ],
    [{ kind: 'document', text: 'Receipts, or photos from before, of what is gone or ruined.' }],
    [{ kind: 'answer', text: 'Is there another policy for the building, for instance of the landlord?' }],
  ],
};
export const whatIsAsked = (dice: Dice, on: OnWhat): readonly Item[] => dice.pick(asked[on]);

const refusals: Record<Peril, readonly (readonly [clause: string, reason: string])[]> = {
  collision: [
    ['3.1 Who may drive', 'The person who was driving is not among the drivers named in your policy.'],
    ['2.4 Other uses', 'The car was used to deliver parcels, which this policy does not cover.'],
  ],
  theft: [
    ['5.3 Keys', 'The key was left in the car, which was not locked. Theft is then not covered.'],
    ['4.2 Items away from home', 'What was taken was away from home, and your policy covers things at home.'],
  ],
  fire: [['6.1 Causes we do not cover', 'The damage came about by scorching over a long time, not by a fire.']],
  water: [
    [
      '7.2 Wear and gradual damage',
      'The leak went on for many months. Damage that comes about little by little is not covered.',
    ],
  ],
  storm: [
    [
      '8.1 What a storm is',
      'The highest gust near you that day was 31 miles an hour, which is below what the policy calls a storm.',
    ],
  ],
  glass: [['9.2 Earlier damage', 'The crack was there when the policy began, as the photos of that day show.']],
  vandalism: [['10.1 Unoccupied homes', 'The house had stood empty for more than sixty days.']],
  other: [['2.9 Wear and tear', 'The part failed because it was worn, and not because of an accident.']],
};
export const refusal = (dice: Dice, peril: Peril): { clause: string; reason: string } => {
  const [clause, reason] = dice.pick(refusals[peril]);
  return { clause, reason };
};

const deductions: Record<OnWhat, readonly (readonly [clause: string, reason: string])[]> = {
  motor: [
    ['2.7 Betterment', 'The new tyres make the car better than it was before, so we pay half of them.'],
    ['2.6 Earlier damage', 'The scratch on the rear door is older than this accident. We pay for everything else.'],
    ['2.3 Approved repairers', 'You chose a garage we do not work with, and we pay the hourly rate of one that we do.'],
  ],
  home: [
    ['4.5 Matching sets', 'We pay for the part that was damaged. What only no longer matches is not covered.'],
    ['4.1 Single items', 'Each single item is covered up to 1,500 pounds unless it is named in your policy.'],
    ['7.4 Tracing the leak', 'The repair of the pipe itself is yours to bear. We pay for what the water did.'],
  ],
};
export const deduction = (dice: Dice, on: OnWhat): { clause: string; reason: string } => {
  const [clause, reason] = dice.pick(deductions[on]);
  return { clause, reason };
};

export const onItsWay = (dice: Dice): string =>
  dice.pick([
    'Good news: we have agreed your claim. The money should reach you within three working days.',
    'Your claim is settled. We have sent the payment today; the letter explains how the amount comes about.',
    'We have approved the repair and pay the invoice directly. All you pay is the excess.',
    'This is done on our side. Thank you for your patience, and for answering so quickly.',
  ]);
