/** How people tell what happened to them: a few ways for each peril, with details that vary. */
import type { Loss } from '../../../../rooms/claim/loss.ts';
import type { Dice } from '../dice.ts';

export interface Scene {
  readonly dice: Dice;
  readonly town: string;
  readonly address: string;
  /** Some street of the town. */
  readonly street: string;
  /** Of the insured car: `Ford Fiesta`. */
  readonly model: string;
}
type Telling = Pick<Loss, 'place' | 'narrative'> & Partial<Loss>;

export interface Tale {
  readonly on: 'motor' | 'home';
  readonly peril: Loss['peril'];
  /** What such a loss costs, in pounds. */
  readonly cost: readonly [least: number, most: number];
  readonly tell: (scene: Scene) => Telling;
}

export const talesOf =
  (on: Tale['on'], peril: Loss['peril']) =>
  (...tales: readonly (readonly [least: number, most: number, tell: Tale['tell']])[]): Tale[] =>
    tales.map(([least, most, tell]) => ({ on, peril, cost: [least, most], tell }));

export const weather = ['in the rain', 'on a wet road', 'in low sun', 'in the dark', 'in broad daylight', 'in fog'];
