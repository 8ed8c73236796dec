/** Faults that must neither raise what was not reached nor lose what was. */
export const HARMLESS: readonly string[] = [
  'control',
  'one wrong tick',
  '3 to 8 wrong ticks',
  'wrong closing bar',
  'old row wrong',
  'row missing',
  'bar without a close',
  'split, mixed rows',
  'time ahead',
  'real gap',
  'real gap, deeper than 45%',
];

/** Whether a kind's share of levels that were told more than five minutes late is as small as it has to be: 3% of real gaps. */
export const isTold = (kind: string, late: number, crossings: number): boolean =>
  kind !== 'real gap' || late * 100 <= crossings * 3;
