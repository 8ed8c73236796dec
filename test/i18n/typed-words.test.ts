import { expect, test } from 'vitest';
import { COMMON_ZONES } from '../../commands/options/common-zones.ts';
import { CatalogueError } from '../../src/i18n/messages.ts';
import { mergeTypedWords } from '../../src/i18n/typed-words.ts';
import { catalogue } from '../cards/stories.ts';

const merged = (files: Readonly<Record<string, unknown>>) => mergeTypedWords(new Map(Object.entries(files)));

test('the words of all languages are one list each, normalised, and none is needed', () => {
  const { value, zone, weekday } = merged({
    en: { value: { off: ['Off', 'none'] }, zone: { UTC: ['gmt'] } },
    de: { value: { off: ['aus', 'off'] } },
    fr: undefined,
  });
  expect(value.off).toEqual(['off', 'none', 'aus']);
  expect(zone).toEqual({ UTC: ['gmt'] });
  expect(weekday.mon).toEqual([]);
});

test.each([
  [{ value: { of: ['off'] } }, /^de\.yaml, typed\.value: Unrecognized key: "of"\.$/],
  [{ value: { off: 'aus' } }, /^de\.yaml, typed\.value\.off: .*expected array/],
  [{ time: { am: ['früh'], pm: ['Früh'] } }, /^"früh" is under both typed\.time\.am and \.pm: keep one of them\.$/],
])('a mistake is one line that says where: %j', (typed, line) => {
  expect(() => merged({ en: {}, de: typed })).toThrow(CatalogueError);
  expect(() => merged({ en: {}, de: typed })).toThrow(line);
});

test('zones with words of their own are suggested first, and have a name in the messages', () => {
  expect(COMMON_ZONES).toEqual(expect.arrayContaining(Object.keys(catalogue.typed.zone)));
  for (const language of catalogue.languages)
    for (const zone of COMMON_ZONES) expect(catalogue.in(language).knows(`zone.${zone}`), zone).toBe(true);
});
