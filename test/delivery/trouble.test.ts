import { expect, it } from 'vitest';
import { createTrouble } from '../../src/delivery/trouble.ts';
import { MINUTE, NOON, SECOND } from './desk.ts';

it('a wait that the platform asked for is over where the clock was set back', () => {
  const trouble = createTrouble(() => 0);
  trouble.saw({ kind: 'later', reason: 'slow down', afterMs: 3 * SECOND, everywhere: true }, NOON);
  expect(trouble.isHeld(NOON + SECOND)).toBe(true);
  expect(trouble.isHeld(NOON + 3 * SECOND)).toBe(false);
  expect(trouble.isHeld(NOON - 60 * MINUTE)).toBe(false);
});
