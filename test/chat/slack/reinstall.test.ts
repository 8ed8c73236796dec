import { expect, test } from 'vitest';
import { openTestChannels } from '../../channels/open-channels.ts';
import { fakeQuestions, startBot } from './fake-questions.ts';
import { CHANNEL, double, posting } from './support.ts';

const PLACE = { platform: 'slack', address: CHANNEL };

test.each(['uninstalled-first', 'revoked-first'] as const)(
  'an app that is uninstalled (%s) and installed again finds its channels as they were set up',
  async (order) => {
    const room = await openTestChannels();
    const slack = await double();
    const bot = await startBot(slack, fakeQuestions(), { events: room.events });
    await slack.inviteBot();
    await expect.poll(() => room.channels.at(PLACE)).toBeDefined();
    const { id = 0 } = (await room.channels.at(PLACE)) ?? {};
    const before = await room.channels.change(id, () => ({ timeZone: 'Asia/Seoul' }));
    await slack.uninstall(order);
    await expect.poll(() => room.channels.at(PLACE)).toBeUndefined();
    expect(await bot.post(posting())).toMatchObject({ kind: 'credential' });
    await bot.stop();
    // The workspace with a token that is new.
    const again = await startBot(await double(), fakeQuestions(), { events: room.events });
    await expect.poll(() => room.channels.at(PLACE)).toEqual(before);
    expect(await again.post(posting())).toMatchObject({ kind: 'sent' });
  },
);

test('a channel that is archived and unarchived keeps its settings', async () => {
  const room = await openTestChannels();
  const slack = await double();
  await startBot(slack, fakeQuestions(), { events: room.events });
  await slack.inviteBot();
  await expect.poll(() => room.channels.at(PLACE)).toBeDefined();
  const before = await room.channels.at(PLACE);
  await slack.archiveChannel();
  await expect.poll(() => room.channels.at(PLACE)).toBeUndefined();
  await slack.unarchiveChannel();
  await expect.poll(() => room.channels.at(PLACE)).toEqual(before);
});
