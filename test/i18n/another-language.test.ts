import { describe, expect, test } from 'vitest';
import { commands } from '../../commands/index.ts';
import { readKind } from '../../commands/options/read-kind.ts';
import { basisText } from '../../src/cards/answers/ledger-view.ts';
import { buildCard } from '../../src/cards/story-cards.ts';
import { commandDefinitions } from '../../src/chat/discord/command-definitions.ts';
import { languagesInWords, nameInSentence } from '../../src/i18n/names.ts';
import { nvidia } from '../cards/golden-stories.ts';
import { catalogueWith } from './another-language.ts';

describe('a copy of English as Japanese', () => {
  const catalogue = catalogueWith('ja');
  const words = catalogue.in('ja');

  test('tells a stored story that has no Japanese name, with the English one', () => {
    expect(Object.keys(nvidia.name)).not.toContain('ja');
    const card = buildCard([nvidia], 'ja', catalogue);
    expect(card.title).toMatch(/^▼ Nvidia .* 23\.5% below/);
    // Units and months are the language's own before anything is translated.
    expect(card.lead[1]).toContain('18 6月');
    expect(card.lead[2]).toContain('$7,840億');
  });

  test('shows a name of its own where there is one', () => {
    expect(nameInSentence(words, { name: { en: 'Nvidia', ja: 'エヌビディア' } })).toBe('エヌビディア');
    expect(basisText(words, 'cash_ppe')).toBe(basisText(catalogue.in('en'), 'cash_ppe'));
  });

  test('is offered with the other languages', () => {
    expect(languagesInWords(catalogue, words)).toMatch(/^日本語, English/);
    expect(languagesInWords(catalogue, catalogue.in('en'))).toContain('日本語');
    expect(readKind({ catalogue, platform: 'slack' }, 'language', '日本語')).toBe('ja');
  });
});

describe('words that people type', () => {
  const typed = {
    value: { off: ['オフ'] },
    duration: { minute: ['分'], hour: ['時間'], day: ['日'] },
    time: { am: ['午前'], pm: ['午後'], hour: ['時'], minute: ['分'], half: ['半'], to: ['から'], until: ['まで'] },
    date: { year: ['年'], month: ['月'], day: ['日'] },
    weekday: { mon: ['月'], fri: ['金'], weekdays: ['平日'] },
    zone: { 'Asia/Tokyo': ['大阪'] },
    also: { 'kind.digest': ['まとめ'] },
  };
  const catalogue = catalogueWith('ja', { typed });

  test.each([
    ['duration', '1時間30分', '90'],
    ['time', '午前7時', '07:00'],
    ['time', '午後7時半', '19:30'],
    ['time', '19時5分', '19:05'],
    ['hours', '午後10時から午前7時まで', '22:00-07:00'],
    ['hours', 'オフ', 'off'],
    ['day', '2024年7月3日', '2024-07-03'],
    ['days', '月-金', '1,2,3,4,5'],
    ['days', '平日', '1,2,3,4,5'],
    ['time-zone', '大阪', 'Asia/Tokyo'],
    ['kinds', 'まとめ', 'digest'],
    ['hours', '오후 10시부터 오전 7시까지', '22:00-07:00'],
    ['time', '7:30 pm', '19:30'],
  ] as const)('are those of every language: %s %s', (kind, text, value) => {
    expect(readKind({ catalogue, platform: 'discord' }, kind, text)).toBe(value);
  });
});

test.each([
  ['ja', ['ja']],
  ['es', ['es-ES', 'es-419']],
  ['zh-TW', ['zh-TW']],
])('Discord gets the commands in %s for %j', (language, locales) => {
  const catalogue = catalogueWith(language, {
    command: { quote: { name: 'x', description: 'Y', option: { symbol: 'Z' } } },
  });
  const quote = commandDefinitions(commands, catalogue).find(({ name }) => name === 'quote');
  for (const locale of locales)
    expect(quote).toMatchObject({
      name_localizations: { [locale]: 'x' },
      description_localizations: { [locale]: 'Y' },
    });
  expect(Object.keys(quote?.name_localizations ?? {}).toSorted()).toEqual([...locales, 'ko'].toSorted());
});

test('the commands of an untranslated copy are the English ones on Discord', () => {
  expect(commandDefinitions(commands, catalogueWith('ja')).map(({ name_localizations: it }) => it?.ja)).toEqual(
    expect.not.arrayContaining([expect.anything()]),
  );
});
