import { describe, expect, test } from 'vitest';
import { askingAt, oneChannel } from './asking.ts';

const settingsOf = async (channels: ReturnType<typeof oneChannel>) => (await channels.of('discord', 'w'))[0]?.settings;

describe.each(['none', 'off', 'nothing', 'NOBODY', '없음', '끄기'])('alerts set %s', (word) => {
  test('asks what is meant and changes nothing', async () => {
    const channels = oneChannel('discord');
    const before = await settingsOf(channels);
    const asking = askingAt({ channels });
    const expected = {
      kind: 'problem',
      text: 'What should be off? /alerts set levels:off ends the alerts by level, /alerts set role:none the pings, /alerts set quiet:off the quiet hours.',
    };
    expect(await asking.line(`alerts set ${word}`)).toEqual(expected);
    expect(await asking.question('alerts set', { symbol: word })).toEqual(expected);
    expect(await settingsOf(channels)).toEqual(before);
  });
});

test('what it proposes works on Slack as typed', async () => {
  const asking = askingAt({ platform: 'slack', language: 'ko' });
  const answer = await asking.line('alerts set off');
  const text = answer.kind === 'problem' ? answer.text : '';
  const proposed = [...text.matchAll(/\/slidewatch (alerts set \S+[a-z])/g)].map(([, line = '']) => line);
  expect(proposed).toHaveLength(3);
  for (const line of proposed) expect((await asking.line(line)).kind).toBe('card');
});

test.each(['alerts set nvda off', 'alerts set off nvda', 'alerts set levels:off', 'alerts set quiet=off'])(
  '%s says what, and is done',
  async (line) => {
    expect((await askingAt({}).line(line)).kind).toBe('card');
  },
);
