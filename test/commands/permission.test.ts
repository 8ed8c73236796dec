import { describe, expect, test, vi } from 'vitest';
import { commands } from '../../commands/index.ts';
import { askingAt, oneChannel } from './asking.ts';

/** Options that the commands require. */
const OPTIONS: Readonly<Record<string, Record<string, string>>> = {
  'watch add': { symbol: 'AMD' },
  'watch remove': { symbol: 'TSLA' },
  'alerts set': { levels: '20' },
  language: { language: 'ko' },
};
const changes = commands.filter((command) => command.changes).map(({ name }) => name);

test('the commands that change a channel are marked', () => {
  expect(changes).toEqual([
    'setup',
    'watch add',
    'watch remove',
    'alerts set',
    'alerts test',
    'mute',
    'unmute',
    'schedule',
    'language',
  ]);
});

describe.each(changes)('/%s', (name) => {
  const ask = (platform: string, who: NonNullable<Parameters<typeof askingAt>[0]['who']>) => {
    const channels = oneChannel(platform);
    const before = channels.dump();
    const answer = askingAt({ channels, platform, who }).question(name, OPTIONS[name]);
    return { answer, unchanged: () => channels.dump() === before };
  };

  test.each([
    ['discord', /need Manage Channels or Manage Server.*Server Settings > Roles/],
    ['slack', /person who set up Slidewatch here and workspace admins/],
  ])('is refused on %s without the right, and says who can grant it', async (platform, sentence) => {
    const { answer, unchanged } = ask(platform, { mayChange: async () => false });
    expect(await answer).toMatchObject({ kind: 'problem', text: expect.stringMatching(sentence) });
    expect(unchanged()).toBe(true);
  });

  test('changes nothing if the platform cannot tell', async () => {
    const { answer, unchanged } = ask('slack', { mayChange: () => Promise.reject(new Error('timeout')) });
    expect(await answer).toMatchObject({ kind: 'problem', text: expect.stringMatching(/nothing was changed/) });
    expect(unchanged()).toBe(true);
  });

  test('changes nothing on a platform without rights', async () => {
    const { answer, unchanged } = ask('board', { mayChange: undefined });
    expect(await answer).toMatchObject({ kind: 'problem', text: expect.stringMatching(/can't be changed here/) });
    expect(unchanged()).toBe(true);
  });

  test('in a direct message says where it works', async () => {
    const { answer } = ask('discord', { mayChange: undefined, workspace: undefined });
    expect(await answer).toMatchObject({ text: expect.stringMatching(/^This doesn't work in a direct message/) });
  });

  test('is allowed with the right', async () => {
    const { answer } = ask('discord', { mayChange: async () => true });
    expect((await answer).kind).toBe('card');
  });
});

test('the right is checked only before a change', async () => {
  const mayChange = vi.fn(async () => true);
  const { line } = askingAt({ who: { mayChange } });
  for (const question of ['quote nvda', 'alerts show', 'alerts history', 'watch list', 'mute 0 min'])
    await line(question);
  expect(mayChange).not.toHaveBeenCalled();
  await line('mute');
  expect(mayChange).toHaveBeenCalledOnce();
});

test.each(['alerts show', 'alerts history', 'watch list', 'mute', 'schedule'])(
  '%s in a channel that is not set up says to run /setup',
  async (line) => {
    const asked = (platform: string) => askingAt({ platform, who: { channel: 'elsewhere' } }).line(line);
    expect(await asked('discord')).toEqual({
      kind: 'problem',
      text: "Slidewatch doesn't post in this channel yet. Type /setup to change that.",
    });
    expect(await asked('slack')).toMatchObject({ text: expect.stringContaining('/slidewatch setup') });
  },
);

test('changes have a limit of their own: after ten questions a person can still mute', async () => {
  const ten = { count: 10, perMs: 60_000 };
  const { line } = askingAt({ limit: ten, changeLimit: { count: 30, perMs: 60_000 } });
  for (let asked = 0; asked < 10; asked += 1) expect((await line('help')).kind).toBe('card');
  expect((await line('help')).kind).toBe('problem');
  for (let changed = 0; changed < 30; changed += 1) expect((await line('mute')).kind).toBe('card');
  expect(await line('mute')).toMatchObject({ text: expect.stringMatching(/^The limit is 30 changes a minute/) });
  const korean = askingAt({ changeLimit: { count: 1, perMs: 60_000 }, language: 'ko' });
  await korean.line('mute');
  expect(await korean.line('mute')).toMatchObject({ text: expect.stringMatching(/^설정 변경은 1분에 1번까지/) });
});
