import { expect, test } from 'vitest';
import { ageText } from '../../src/cli/age-text.ts';
import { noContactText } from '../../src/cli/no-contact-text.ts';
import { curatedFacts } from '../facts/samples.ts';

test.each([
  [50, '2026-10-08, 50 days ago'],
  [1, '2026-10-08, 1 day ago'],
  [0, '2026-10-08, 0 days ago'],
  [-3602, "2026-10-08, but by this computer's clock that day is 3602 days away; set the clock (ntp)"],
])('figures that were published %d days ago: %s', (days, text) => {
  expect(ageText({ newest: '2026-10-08', days })).toBe(text);
});

test('a bot whose clock is years behind is told of the clock in one line', () => {
  expect(noContactText(curatedFacts, '2016-11-27')).toMatch(
    /, but by this computer's clock that day is \d+ days away; set the clock \(ntp\)\. Set EDGAR_CONTACT/,
  );
});
