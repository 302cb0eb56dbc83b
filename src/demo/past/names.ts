/** Invented names, places and numbers. Phone numbers are of the ranges that Ofcom keeps for drama; e-mail ends in `.example`. */
import type { Dice } from './dice.ts';

const given =
  `Alice Amir Anita Barbara Ben Bridget Callum Chloe Colin Daisy Declan Dilys Edith Elias Emma Farah Felix Fiona
Gareth Gemma Hannah Harish Hector Imogen Iris Jamal Jasmine Joan Joel Kamila Keith Kirsty Leonard Lydia Magnus Maria Maud
Megan Nadia Neil Noor Olive Oscar Paula Percy Quentin Rachel Rhys Rita Rowan Samir Sheila Simon Tara Theo Una Vera Walter
Wendy Zofia`.split(/\s+/);
const family =
  `Abbott Adeyemi Ainsley Barlow Beckford Bhatt Birch Calloway Carver Chaudhry Coles Crane Dalby Dimitrov Dunmore
Eastwick Ellery Falkner Fenwick Finch Garrity Goswami Greaves Hadley Harkness Holm Ibarra Innes Jessop Kaminski Kettle Lacey
Langford Larkin Lockyer Marlow Mbeki Merritt Nkemelu Norwood Oakes Osei Pargeter Penrose Quayle Radley Renshaw Rossi Sadler
Selwyn Sharma Tennant Thackray Underhill Vance Wakeling Whitcombe Yarrow Yeo Zielinski`.split(/\s+/);

/** The nth person: the same name only after more people than there are. */
export const nameOf = (n: number): string =>
  `${given[n % given.length]} ${family[(n * 7 + Math.floor(n / given.length) * 11) % family.length]}`;

export const emailOf = (name: string, n: number): string =>
  `${name.toLowerCase().replaceAll(/[^a-z]+/g, '.')}${n}@claimroom.example`;

/** 01632 is no area at all, and 07700 900 no subscriber. */
export const phoneOf = (n: number): string =>
  n % 2 === 0 ? `07700 900${String(n % 1_000).padStart(3, '0')}` : `01632 960${String(n % 1_000).padStart(3, '0')}`;

/** Generic streets; the towns are real, the houses are not. */
const streets =
  `Church Lane|Station Road|Mill Lane|High Street|The Green|Orchard Close|School Lane|Chapel Street|Manor Road
Victoria Road|Park Avenue|Bridge Street|Field View|Queens Road|Meadow Rise|Kings Walk|Hill Crescent|Willow Way`
    .split(/[|\n]/)
    .map((street) => street.trim());
export const inland = ['Norwich', 'Wymondham', 'Dereham', 'Thetford', 'Diss', 'Attleborough', 'Aylsham', 'Fakenham'];
export const coast = ['Cromer', 'Sheringham', 'Happisburgh', 'Sea Palling', 'Winterton-on-Sea', 'Hemsby'];

export const addressIn = (town: string, dice: Dice): string => `${dice.between(1, 140)} ${dice.pick(streets)}, ${town}`;
export const streetIn = (town: string, dice: Dice): string => `${dice.pick(streets)}, ${town}`;

/** The last part of a real postcode never holds C, I, K, M, O or V, so this is nobody's. */
export const postcodeOf = (n: number): string =>
  `NR${1 + (n % 30)} ${n % 10}${'CIKMOV'[n % 6]}${'CIKMOV'[(n >> 2) % 6]}`;

/** No registration begins with Q and a letter as these do. */
export const registrationOf = (n: number): string => {
  const letter = (i: number) => 'ABCDEFGHJKLMNPRSTUVWXYZ'[i % 23]!;
  const year = ['17', '18', '68', '19', '69', '20', '70', '21', '71', '22', '23', '73', '24'][n % 13]!;
  return `Q${letter(n)}${year} ${letter(n * 5 + 2)}${letter(n * 11 + 7)}${letter(Math.floor(n / 3) + 4)}`;
};

export const cars = [
  ['Ford', 'Fiesta'],
  ['Vauxhall', 'Corsa'],
  ['Volkswagen', 'Golf'],
  ['Skoda', 'Octavia'],
  ['Toyota', 'Yaris'],
  ['Nissan', 'Qashqai'],
  ['Kia', 'Ceed'],
  ['Hyundai', 'i20'],
  ['Peugeot', '208'],
  ['Honda', 'Jazz'],
  ['Renault', 'Clio'],
  ['Volvo', 'V60'],
] as const;

const trades = ['Garage', 'Body Shop', 'Motors', 'Accident Repair'];
const names = ['Larch', 'Kestrel', 'Fenside', 'Bluebell', 'Old Forge', 'Wherry', 'Heron', 'Sandpiper'];
export const garage = (dice: Dice): string => `${dice.pick(names)} ${dice.pick(trades)}`;
const buildersTrades = ['Roofing', 'Plumbing & Heating', 'Restoration', 'Building Services', 'Drying & Flooring'];
export const builder = (dice: Dice): string => `${dice.pick(names)} ${dice.pick(buildersTrades)}`;
