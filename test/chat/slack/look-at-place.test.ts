import { describe, expect, test } from 'vitest';
import type { SlackDouble, SlackDoubleOptions } from '../../doubles/slack/double.ts';
import { type RealBot, realBot } from './real-bot.ts';
import { shownText } from './shown-text.ts';
import { CHANNEL, double } from './support.ts';

const ADMIN = 'U0000000002';
const ELSEWHERE = 'C0000000003';
const ALL_BUT_PICTURES =
  'chat:write channels:history groups:history channels:read groups:read im:write commands app_mentions:read users:read usergroups:read'.split(
    ' ',
  );

/** A workspace with an administrator, and a bot that has no channel yet. */
const workspace = async (options: SlackDoubleOptions = {}): Promise<RealBot & { readonly slack: SlackDouble }> => {
  const slack = await double({ channels: [CHANNEL], ...options });
  slack.setPerson(ADMIN, { admin: true });
  slack.addChannel(ELSEWHERE, { member: false });
  return { slack, ...(await realBot(slack)) };
};

/** What is shown after `/slidewatch ...`. */
const shown = async (slack: SlackDouble, text: string, channelId = CHANNEL): Promise<string> => {
  const all = () => [...slack.messages(channelId), ...slack.ephemerals];
  const before = all().length;
  await slack.slashCommand({ command: '/slidewatch', text, channelId, userId: ADMIN });
  await slack.until(() => all().length > before);
  const said = all().findLast(({ ts }, _, list) => list.every((other) => other.ts <= ts));
  return (said?.blocks ?? []).map((block) => shownText(block as Parameters<typeof shownText>[0])).join('\n');
};

describe('/slidewatch setup', () => {
  test.each([
    ['by the information on it', {}],
    [
      'by its history, without the scope for information',
      { scopes: ['chat:write', 'commands', 'channels:history', 'users:read'] },
    ],
  ])('where the bot is not a member says so %s, what to type, and opens nothing', async (_, options) => {
    const { slack, channels } = await workspace(options);
    const said = await shown(slack, 'setup', ELSEWHERE);
    expect(said).toMatch(/^Cards can't be posted in this channel yet\. .*\/invite @Slidewatch.*Nothing was changed\.$/);
    expect(await channels.of('slack')).toEqual([]);
    expect(await shown(slack, 'alerts test', ELSEWHERE)).toBe(said);
  });

  test('in a private channel that the bot cannot see says that it has to be invited', async () => {
    const { slack, channels } = await workspace();
    slack.addChannel('C0000000077', { isPrivate: true, member: false });
    expect(await shown(slack, 'setup', 'C0000000077')).toContain('/invite @Slidewatch');
    expect(await channels.of('slack')).toEqual([]);
  });

  test('opens the channel where cards can be posted, and names nothing that is missing', async () => {
    const { slack, channels } = await workspace();
    expect(await shown(slack, 'setup')).not.toMatch(/scope|can't be posted/);
    expect(await channels.of('slack')).toHaveLength(1);
  });

  test('names all scopes that are missing with one remedy, and opens the channel all the same', async () => {
    const { slack, channels } = await workspace({ scopes: ALL_BUT_PICTURES });
    const said = await shown(slack, 'setup');
    expect(said).toMatch(
      /missing the bot scopes files:write, files:read\..*OAuth & Permissions, then reinstall the app once\./,
    );
    expect(said.match(/OAuth/g)).toHaveLength(1);
    expect(await channels.of('slack')).toHaveLength(1);
  });

  test('refuses where the right to post is gone, and says where to click', async () => {
    const { slack, channels } = await workspace();
    slack.setScopes(['commands', 'users:read']);
    expect(await shown(slack, 'quote nvda')).toContain('Nvidia');
    expect(await shown(slack, 'setup')).toMatch(/^Cards can't be posted in this channel yet\. .*chat:write.*OAuth/);
    expect(await channels.of('slack')).toEqual([]);
  });

  test('opens the channel where Slack does not tell whether the bot is a member', async () => {
    const { slack, channels } = await workspace();
    slack.fail({ method: 'conversations.info', how: { kind: 'error', error: 'internal_error' } });
    await shown(slack, 'setup');
    expect(await channels.of('slack')).toHaveLength(1);
  });

  test('opens the channel where the bot has no scope to look, and names the scopes', async () => {
    const { slack, channels } = await workspace({ scopes: ['chat:write', 'commands', 'users:read'] });
    expect(await shown(slack, 'setup')).toContain('channels:history');
    expect(await channels.of('slack')).toHaveLength(1);
  });

  test('in a channel that is archived says that it has to be unarchived', async () => {
    const { slack, channels } = await workspace();
    slack.fail({ method: 'conversations.info', how: { kind: 'error', error: 'is_archived' } });
    expect(await shown(slack, 'setup')).toMatch(/^Cards can't be posted.*Unarchive it.*Nothing was changed\.$/);
    expect(await channels.of('slack')).toEqual([]);
  });

  test('off ends the posting also where the bot is not a member any more', async () => {
    const { slack, channels } = await workspace();
    await shown(slack, 'setup');
    slack.addChannel(CHANNEL, { member: false });
    expect(await shown(slack, 'setup off')).not.toContain("can't be posted");
    expect(await channels.of('slack')).toEqual([]);
  });
});

test('the status names all scopes that are missing until they are there, in the language of the asker', async () => {
  const { slack, bot } = await workspace({ scopes: ALL_BUT_PICTURES });
  const values = { scopes: 'files:write, files:read', count: 2 };
  expect(bot.notes?.()).toEqual([
    { text: expect.stringContaining('files:write, files:read'), key: 'slack-scopes', values },
  ]);
  slack.setScopes([...ALL_BUT_PICTURES, 'files:write', 'files:read']);
  await shown(slack, 'setup');
  expect(bot.notes?.()).toEqual([]);
});

describe('App Home', () => {
  const home = async (slack: SlackDouble): Promise<string> => {
    await slack.openHome({ userId: ADMIN });
    await slack.until(() => slack.home(ADMIN) !== undefined);
    return JSON.stringify(slack.home(ADMIN)?.view.blocks);
  };

  test('names all scopes that are missing, with one remedy', async () => {
    const { slack } = await workspace({ scopes: ALL_BUT_PICTURES });
    const text = await home(slack);
    expect(text).toContain('missing the bot scopes files:write, files:read.');
    expect(text.match(/OAuth/g)).toHaveLength(1);
    expect(slack.invalid).toEqual([]);
  });

  test('names none where all are there', async () => {
    const { slack } = await workspace();
    expect(await home(slack)).not.toContain('scope');
  });
});
