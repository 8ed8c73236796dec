import { expect, test } from 'vitest';
import { CHANNEL, calls, double, platform, png, posting } from './support.ts';

test('only a user group is pinged, by its id, in a valid message', async () => {
  const slack = await double();
  expect(await platform(slack).post(posting({ png, ping: 'S0123ABCD' }))).toMatchObject({ kind: 'sent' });
  expect(slack.mentions).toEqual(['<!subteam^S0123ABCD>']);
  expect(slack.invalid).toEqual([]);
});

test.each(['!channel', 'S1> <!channel>', '<!here>', 's123'])(
  '%s is not a user group: nobody is pinged',
  async (ping) => {
    const slack = await double();
    expect(await platform(slack).post(posting({ ping }))).toMatchObject({ kind: 'sent' });
    expect(slack.mentions).toEqual([]);
  },
);

test('a person gets a direct message', async () => {
  const slack = await double();
  expect(await platform(slack).sendDirectMessage?.('U0000000009', `Something about <#${CHANNEL}>.`)).toBe(true);
  expect(slack.messages('U0000000009').map(({ text }) => text)).toEqual([`Something about <#${CHANNEL}>.`]);
});

test('a direct message shows the channel by its name, and everything else as it was written', async () => {
  const slack = await double();
  const said = `<#${CHANNEL}>: Slack says missing_scope. <!channel> *&* _SLACK_BOT_TOKEN_`;
  expect(await platform(slack).sendDirectMessage?.('U0000000009', said)).toBe(true);
  expect(slack.messages('U0000000009')).toMatchObject([
    {
      text: `<#${CHANNEL}>: Slack says missing_scope. &lt;!channel&gt; *&amp;* _SLACK_BOT_TOKEN_`,
      blocks: [
        {
          type: 'rich_text',
          elements: [
            {
              type: 'rich_text_section',
              elements: [
                { type: 'channel', channel_id: CHANNEL },
                { type: 'text', text: ': Slack says missing_scope. <!channel> *&* _SLACK_BOT_TOKEN_' },
              ],
            },
          ],
        },
      ],
    },
  ]);
  expect([slack.invalid, slack.mentions]).toEqual([[], [`<#${CHANNEL}>`]]);
});

test('a person without direct messages is reported as false, without an error', async () => {
  const slack = await double();
  const bot = platform(slack);
  expect(await bot.sendDirectMessage?.('nobody', 'A sentence.')).toBe(false);
  slack.revokeToken();
  expect(await bot.sendDirectMessage?.('U0000000009', 'A sentence.')).toBe(false);
});

test('cards to one channel are a second apart, cards to different ones do not wait for each other', async () => {
  const waits: number[] = [];
  const now = 1_722_369_600_000;
  const slack = await double({ channels: [CHANNEL, 'C0000000002'] });
  const bot = platform(slack, { now: () => now, sleep: async (ms) => void waits.push(Math.round(ms)) });
  await bot.post(posting({ key: 'a' }));
  await bot.post(posting({ key: 'b', channelId: 'C0000000002' }));
  expect(waits).toEqual([]);
  await bot.post(posting({ key: 'c' }));
  expect(waits).toEqual([1_000]);
  expect(calls(slack, 'chat.postMessage')).toBe(3);
});
