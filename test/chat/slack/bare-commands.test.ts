import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { EXAMPLES, typedCall } from '../../../commands/examples.ts';
import { commands } from '../../../commands/index.ts';
import { channelNoticeCard } from '../../../src/cards/channel-notice-card.ts';
import { greetingCard } from '../../../src/cards/greeting-card.ts';
import { cardText } from '../../cards/card-text.ts';
import { catalogue } from '../../cards/stories.ts';
import { askingAt, oneChannel } from '../../commands/asking.ts';
import { COMMAND_LINES } from './command-lines.ts';

const NAMES = [...new Set(commands.map(({ name }) => name.split(' ')[0] ?? name))];

/**
 * A command of ours as it is typed on Discord. On Slack `/mute` and `/status` are Slack's own, and most of the others are
 * nobody's.
 */
const BARE = new RegExp(`(?<![\\w/.>}])/(?:${NAMES.join('|')})(?![\\w-])`);

/** Texts that are never shown on Slack: Discord's own, and the page of the article. */
const NOT_ON_SLACK = /^(discord\.|pause\.discord-|courier\.gone_discord$|article\.page\.intro$)/;

const texts = (value: unknown, path = ''): (readonly [key: string, text: string])[] => {
  if (typeof value === 'string') return [[path, value]];
  return Object.entries(Object(value)).flatMap(([key, inner]) => texts(inner, path === '' ? key : `${path}.${key}`));
};

const messagesOf = (language: string) => texts(load(readFileSync(`config/messages/${language}.yaml`, 'utf8')));

const bareIn = (text: string): readonly string[] => BARE.exec(text) ?? [];

test('a bare command is recognised, and one with its prefix is not', () => {
  expect(['type /mute', '/alerts set none', '`/help`'].map((text) => bareIn(text).length)).toEqual([1, 1, 1]);
  expect(['/slidewatch mute', 'https://a.example/help', '/invite @Slidewatch', '{{setup}}'].flatMap(bareIn)).toEqual(
    [],
  );
});

describe.each(catalogue.languages)('in %s', (language) => {
  test('no text that may be shown on Slack has a bare command', () => {
    const all = messagesOf(language);
    expect(all.length).toBeGreaterThan(500);
    const bare = all.filter(([key, text]) => !NOT_ON_SLACK.test(key) && bareIn(text).length > 0);
    expect(bare).toEqual([]);
  });

  test('neither an answer nor a mistake has one, wherever it is asked', async () => {
    const lines = [
      ...EXAMPLES.map((call) => typedCall(call, 'slack').replace('/slidewatch ', '')),
      ...Object.values(COMMAND_LINES).flatMap(({ good, again, wrong }) => [
        good,
        ...(again === undefined ? [] : [again]),
        ...(typeof wrong === 'object' ? [wrong.line] : []),
      ]),
      ...['hepl', 'alerts set none', 'setup off', 'setup forget', 'mute', 'watch remove amd', 'schedule off', ''],
    ];
    const settings = [
      {},
      { channels: oneChannel('discord') },
      { who: { workspace: undefined, mayChange: undefined } },
      { who: { mayChange: async () => false } },
      { limit: { count: 0, perMs: 60_000 }, changeLimit: { count: 0, perMs: 60_000 } },
    ];
    let answers = 0;
    for (const given of settings)
      for (const line of lines) {
        const answer = await askingAt({ platform: 'slack', language, ...given }).line(line);
        const text = answer.kind === 'card' ? cardText(answer.card) : answer.text;
        expect(bareIn(text), `${line}: ${text}`).toEqual([]);
        answers += 1;
      }
    expect(answers).toBe(settings.length * lines.length);
  });

  test('neither has a card that the bot posts about a channel', () => {
    const pause = { text: 'x', key: 'slack-inactive', values: { code: 'is_inactive' } };
    const place = { platform: 'slack', workspace: 'T0000000001', address: 'C0000000001', at: 0 };
    const cards = [
      ...[true, false].map((destination) =>
        greetingCard({ kind: 'greeting', symbol: '*', platform: 'slack', destination }, language, catalogue),
      ),
      ...[{ pause }, {}].map((more) =>
        channelNoticeCard({ kind: 'trouble', symbol: '*', ...place, ...more }, language, catalogue),
      ),
    ];
    for (const card of cards) expect(bareIn(cardText(card))).toEqual([]);
    expect(cards.map(cardText).join('\n')).toContain('/slidewatch setup');
  });
});

test('neither has what Slack refuses for, in the words of the program', () => {
  const folder = 'src/chat/slack';
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  expect(files.length).toBeGreaterThan(30);
  // Slack's own commands, and the URL of requests, are no texts.
  for (const file of files.filter((name) => name !== 'own-commands.ts')) {
    const code = readFileSync(join(folder, file), 'utf8').replace(/\/\*\*?[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
    expect(code.match(new RegExp(`['"\`( ]/(?:${NAMES.join('|')})(?![\\w./-])`, 'g')), file).toBeNull();
  }
});
