import { expect, it } from 'vitest';
import type { Lack } from '../../src/chat/platform.ts';
import { loadCatalogue } from '../../src/i18n/catalogue.ts';
import { lacksFromStore } from '../../src/stories/lacks.ts';
import type { Name } from '../cards/stories.ts';
import { storedChannels } from '../store/inspect.ts';
import { createDeliveryFixture, MINUTE, plainCompose } from './delivery-fixture.ts';
import { recorder } from './recorder.ts';

const HOUR = 60 * MINUTE;

const noPicture: Lack = {
  part: 'picture',
  reason: 'No files here.',
  remedy: 'Allow files.',
  why: { key: 'discord-attach' },
};

/** A channel that takes cards without pictures, until `takesPictures`. */
const channelWithoutPictures = async () => {
  const fixture = await createDeliveryFixture();
  await fixture.addChannel('discord', '1', { madeBy: 'P1' });
  const told: string[] = [];
  const state = { takesPictures: false };
  const discord = recorder('discord', ({ png, leaveOut, key }) => ({
    kind: 'sent',
    messageId: key,
    ...(png && !leaveOut?.has('picture') && !state.takesPictures && { without: [noPicture] }),
  }));
  const courier = fixture.createCourier(
    [{ ...discord, sendDirectMessage: async (_person, text) => told.push(text) > 0 }],
    {
      compose: async (...all) => ({ ...(await plainCompose(...all)), png: new Uint8Array(1) }),
      catalogue: loadCatalogue(),
    },
  );
  const card = async (symbol: Name) => {
    await fixture.enqueueSlide(symbol);
    await courier.run(fixture.now);
  };
  const lacks = async () => lacksFromStore(String((await storedChannels(fixture.store.db))[0]?.lacks ?? ''));
  return { fixture, discord, told, state, card, lacks };
};

it('a channel that refuses pictures gets its cards without, and its person is told once', async () => {
  const { fixture, discord, told, card, lacks } = await channelWithoutPictures();
  const first = fixture.now;
  await card('NVDA');
  fixture.now += HOUR;
  await card('TSLA');
  expect(discord.postings.map(({ leaveOut }) => [...(leaveOut ?? [])])).toEqual([[], ['picture']]);
  expect((await fixture.rows()).map(({ state }) => state)).toEqual(['sent', 'sent']);
  expect(told).toEqual([expect.stringContaining('without their picture')]);
  expect(await lacks()).toEqual({
    picture: { at: first, text: 'No files here. Allow files.', key: 'discord-attach' },
  });
});

it('pictures are tried again after six hours, and what is taken by then is no longer missed', async () => {
  const { fixture, discord, told, state, card, lacks } = await channelWithoutPictures();
  await card('NVDA');
  fixture.now += 6 * HOUR;
  const again = fixture.now;
  await card('TSLA');
  expect(discord.postings[1]?.leaveOut).toBeUndefined();
  expect((await lacks()).picture?.at).toBe(again);
  expect(told).toHaveLength(1);
  state.takesPictures = true;
  fixture.now += 6 * HOUR + MINUTE;
  await card('AMZN');
  expect(await lacks()).toEqual({});
});

it('a refusal from after now, written before the clock was set back, keeps nothing back', async () => {
  const { fixture, discord, card } = await channelWithoutPictures();
  await card('NVDA');
  fixture.now -= HOUR;
  await card('TSLA');
  expect(discord.postings.at(-1)?.leaveOut).toBeUndefined();
});
