import { describe, expect, test } from 'vitest';
import type { Answer } from '../../commands/command.ts';
import { catalogue } from '../cards/stories.ts';
import { askingAt, oneChannel } from './asking.ts';

/** What a question that cannot be answered is told: one line, for the asker alone. */
const sentenceOf = (answer: Answer): string => {
  if (answer.kind !== 'problem') throw new Error(`expected a sentence, got ${JSON.stringify(answer).slice(0, 200)}`);
  return answer.text;
};

const forty = Array.from({ length: 40 }, (_, n) => `t${n}`).join(' ');

/** A wrong word at each door, as people type it, with what the sentence has to name. */
const WRONG: readonly (readonly [line: string, names: RegExp])[] = [
  ['quote zzzzz', /zzzzz/],
  ['chart zzzzz', /zzzzz/],
  ['drawdown zzzzz', /zzzzz/],
  ['capex zzzzz', /zzzzz/],
  ['ai-revenue zzzzz', /zzzzz/],
  ['facts list zzzzz', /zzzzz/],
  ['facts source zzzzz', /zzzzz/],
  ['watch add zzzzz', /zzzzz/i],
  ['watch remove zzzzz', /zzzzz/i],
  ['mute zzzzz 2h', /zzzzz/],
  ['unmute zzzzz', /zzzzz/],
  [`quote ${forty}`, /10/],
  ['bill 2024-13-45', /2024-13-45/],
  ['mute nvda eternity', /eternity/],
  ['schedule on Mars/Base', /Mars\/Base/i],
  ['language klingon', /klingon/],
  ['setup klingon', /klingon/],
  ['alerts set role hello', /hello/],
  ['alerts set quiet 25:00-7', /25:00-7/],
  ['alerts set nvda price abc', /abc/],
  ['alerts set nvda within 3 fall 4', /3/],
  ['alerts set zzzzz 10', /zzzzz/],
  ['earnings zzzzz', /zzzzz/],
  ['pings zzzzz', /zzzzz/i],
  [`watch add ${forty}`, /t0 t1/],
  ['alerts set nvda 0', /10,20,30/],
  ['alerts set nvda price:0.001', /0\.01/],
  ['alerts set edits', /edits.*on, off/],
  ['alerts set after-hours:', /after-hours.*on, off/],
  ['setup stop', /stop.*off, forget/],
  ['setup stop:', /stop.*off, forget/],
];

/** Whether a text is Korean; English names Korean in its own letters. */
const isKorean = (text: string): boolean => /\p{sc=Hangul}/u.test(text.replaceAll('한국어', ''));

/** Commands of the channel that somebody who may not change it tries. */
const FORBIDDEN = [
  'setup',
  'setup off',
  'setup forget',
  'watch add amd',
  'watch remove nvda',
  'alerts set nvda 10',
  'alerts test',
  'mute nvda 2h',
  'schedule on 17:00',
  'language ko',
];

describe.each(['discord', 'slack'])('on %s', (platform) => {
  describe.each(catalogue.languages)('in %s', (language) => {
    test.each(WRONG)(
      '%s is answered with one sentence that names what is wrong, and nothing is changed',
      async (line, names) => {
        const channels = oneChannel(platform);
        const before = channels.dump();
        const text = sentenceOf(await askingAt({ platform, language, channels }).line(line));
        expect(text).toMatch(names);
        expect(text).not.toContain('\n');
        expect(isKorean(text)).toBe(language === 'ko');
        expect(text).not.toBe(catalogue.in(language).say('ask.failed'));
        expect(channels.dump()).toBe(before);
        expect(channels.tests).toEqual([]);
      },
    );

    test.each(FORBIDDEN)('%s by somebody who may not is one sentence, and nothing is changed', async (line) => {
      const channels = oneChannel(platform);
      const before = channels.dump();
      const who = { asker: 'b', mayChange: async () => false };
      const text = sentenceOf(await askingAt({ platform, language, channels, who }).line(line));
      expect(text).toBe(catalogue.in(language).say(`permission.${platform}`));
      expect(channels.dump()).toBe(before);
      expect(channels.tests).toEqual([]);
    });

    test.each(['setup', 'setup off', 'setup forget', 'watch add amd', 'mute nvda 2h'])(
      '%s in a private conversation is one sentence, and nothing is changed',
      async (line) => {
        const channels = oneChannel(platform);
        const before = channels.dump();
        const who = { channel: 'd', workspace: undefined, mayChange: undefined };
        const text = sentenceOf(await askingAt({ platform, language, channels, who }).line(line));
        expect(text).not.toContain('\n');
        expect(isKorean(text)).toBe(language === 'ko');
        expect(channels.dump()).toBe(before);
      },
    );
  });
});
