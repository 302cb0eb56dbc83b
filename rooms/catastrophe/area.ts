/** Where and when a catastrophe struck, and whether a loss is of it. */
import { z } from 'zod';
import { type LossDraft, Peril } from '../claim/loss.ts';
import { Day, Text } from '../values.ts';

/** `51.4816,-3.1791`: latitude and longitude in degrees. */
export const Position = z
  .string()
  .regex(/^-?\d{1,2}(\.\d{1,6})?,-?\d{1,3}(\.\d{1,6})?$/, 'latitude and longitude, e.g. 51.4816,-3.1791');

export const Area = z.strictObject({
  places: z.array(Text(60)).max(200).meta({ title: 'Places: words that stand in where it happened' }).optional(),
  postcodes: z
    .array(z.string().regex(/^[A-Z0-9]{1,4}( [A-Z0-9]{1,4})?$/, 'the beginning of a postcode in capitals, e.g. CF10'))
    .max(500)
    .meta({ title: 'Beginnings of postcodes' })
    .optional(),
  polygon: z.array(Position).min(3).max(200).meta({ title: 'Corners of the area, one after the other' }).optional(),
  from: Day.meta({ title: 'First day' }),
  to: Day.meta({ title: 'Last day' }),
  perils: z.array(Peril).min(1).max(8).meta({ title: 'Only of these sorts' }).optional(),
});
export type Area = z.output<typeof Area>;

/** Why it is none, by path; nothing: it is one. */
export const faultsOf = ({ places = [], postcodes = [], polygon, from, to }: Area) => [
  ...(places.length + postcodes.length === 0 && !polygon
    ? [{ path: 'area', message: 'name places, postcodes, or the corners of an area' }]
    : []),
  ...(to < from ? [{ path: 'area.to', message: 'lies before the first day' }] : []),
];

/** As it is told; nothing of it has been checked yet. */
type Told = {
  readonly [K in keyof Pick<LossDraft, 'place' | 'postcode' | 'position' | 'occurredOn' | 'peril'>]?:
    | string
    | undefined;
};

export const isStruck = (area: Area, { occurredOn, peril, place, postcode, position }: Told): boolean => {
  if (occurredOn === undefined || occurredOn < area.from || occurredOn > area.to) return false;
  if (area.perils && !area.perils.some((one) => one === peril)) return false;
  const { places = [], postcodes = [], polygon } = area;
  return (
    (place !== undefined && places.some((name) => holds(place, name))) ||
    (postcode !== undefined && postcodes.some((beginning) => plain(postcode).startsWith(plain(beginning)))) ||
    (polygon !== undefined && position !== undefined && isInside(polygon.map(pointOf), pointOf(position)))
  );
};

const plain = (postcode: string) => postcode.toUpperCase().replaceAll(' ', '');
const words = (text: string) =>
  ` ${
    text
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu)
      ?.join(' ') ?? ''
  } `;
/** As whole words: `Bath` is not in `Bathgate`. */
const holds = (place: string, name: string) => words(name).trim() !== '' && words(place).includes(words(name));

type Point = readonly [latitude: number, longitude: number];
const pointOf = (position: string): Point => {
  const [latitude = 0, longitude = 0] = position.split(',').map(Number);
  return [latitude, longitude];
};
/** A ray from the point crosses the edge an odd number of times. */
const isInside = (corners: readonly Point[], [latitude, longitude]: Point): boolean => {
  let inside = false;
  corners.forEach(([lat, lon], i) => {
    const [before, beforeLon] = corners.at(i - 1)!;
    if (lat > latitude === before > latitude) return;
    if (longitude < ((beforeLon - lon) * (latitude - lat)) / (before - lat) + lon) inside = !inside;
  });
  return inside;
};
