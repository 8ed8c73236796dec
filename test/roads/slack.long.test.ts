import { expect, it, onTestFinished } from 'vitest';
import { createSlack } from '../../src/chat/slack/slack.ts';
import { silent } from '../../src/telemetry/log.ts';
import { startSlackDouble } from '../doubles/slack/slack-double.ts';
import { BEFORE, CARDS, PNG_SIGNATURE, plain, playCrash, sentTo } from './crash.ts';
import { stage } from './stage.ts';

const CHANNEL = 'C0000000001';

it('brings a crash from Yahoo to Slack: the right cards, once each, with their pictures', async () => {
  const world = await stage(BEFORE);
  const slack = await startSlackDouble({ postGapMs: 0, now: world.clock });
  onTestFinished(() => slack.close());
  world.market.past('2025-05-30', 300);
  const { botToken, appToken, apiUrl } = slack;
  const platform = createSlack({ botToken, appToken, apiUrl, log: silent, now: world.clock, sleep: async () => {} });
  const app = await world.start(platform, CHANNEL);
  await playCrash(world, app);

  expect(await sentTo(app, 'slack')).toEqual(CARDS.map(({ headlines }) => headlines));
  expect(slack.invalid).toEqual([]);
  expect(slack.mentions).toEqual([]);
  const messages = slack.messages(CHANNEL);
  expect(messages).toHaveLength(CARDS.length);
  for (const [place, { blocks, text, image, metadata }] of messages.entries()) {
    for (const words of CARDS[place]?.texts ?? []) expect(plain(blocks)).toContain(words);
    expect(text).not.toBe('');
    expect(image?.alt).toMatch(/\d%/);
    expect(image?.bytes?.subarray(0, 8)).toEqual(PNG_SIGNATURE);
    expect(metadata).toMatchObject({ event_payload: { key: expect.stringMatching(/^sw-/) } });
  }
  expect(new Set(messages.map(({ metadata }) => JSON.stringify(metadata))).size).toBe(CARDS.length);
});
