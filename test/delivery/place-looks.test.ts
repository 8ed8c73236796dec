import { describe, expect, it } from 'vitest';
import type { Platform } from '../../src/chat/platform.ts';
import { createPlaceLooks, type PlaceLookParts } from '../../src/delivery/place-looks.ts';
import { silent } from '../../src/telemetry/log.ts';
import { addChannels, changeChannels } from '../store/inspect.ts';
import { openTestStore } from '../store/temporary.ts';
import { MINUTE, NOON, SECOND } from './delivery-fixture.ts';
import { recorder } from './recorder.ts';

const DAY = 24 * 60 * MINUTE;

/** Looks at three channels: #C1 is away, #C2 is paused, #C3 takes cards; more on request. */
const room = async (isOpen: Platform['isOpen'] = async () => false, over: Partial<PlaceLookParts> = {}) => {
  const store = await openTestStore();
  const base = { platform: 'slack', language: 'en', createdAt: NOON, status: 'in-use' as const };
  await addChannels(store.db, [
    { ...base, address: 'C1', status: 'away' },
    { ...base, address: 'C2' },
    { ...base, address: 'C3' },
    { ...base, address: 'C4', status: 'retired' },
    { ...base, address: 'C5', status: 'away-with-workspace' },
    { ...base, address: 'C6', status: 'greeted' },
  ]);
  const paused = { paused: '{}', pausedAt: NOON, tryAt: NOON + MINUTE };
  await changeChannels(store.db, { workspace: 'T1' }, { address: 'C1' });
  await changeChannels(store.db, { workspace: 'T2', ...paused }, { address: 'C2' });
  await changeChannels(store.db, paused, { address: 'C6' });
  const asked: [number, string][] = [];
  const opened: string[] = [];
  const state = { now: NOON };
  const make = () =>
    createPlaceLooks({
      store,
      platforms: [
        recorder('discord'),
        {
          ...recorder('slack'),
          isOpen: async (address) => {
            asked.push([state.now - NOON, address]);
            return isOpen(address);
          },
        },
      ],
      takesPosts: () => true,
      onOpen: async ({ address }) => void opened.push(address),
      log: silent,
      random: () => 1,
      ...over,
    });
  let looks = make();
  return {
    store,
    state,
    asked,
    opened,
    restart: () => {
      looks = make();
    },
    hurry: (where: Parameters<typeof looks.hurry>[0]) => looks.hurry(where),
    stop: () => looks.stop(),
    /** Runs the job every second. */
    pass: async (ms: number, step = SECOND) => {
      for (const end = state.now + ms; state.now < end; state.now += step) await looks.run(state.now);
    },
  };
};

describe('the looks at channels that take no cards', () => {
  it('begin with those that were shut at the start, one every two seconds', async () => {
    const { asked, pass } = await room();
    await pass(MINUTE);
    expect(asked).toEqual([
      [0, 'C1'],
      [2_000, 'C2'],
    ]);
  });

  it('come ever more rarely while a channel stays shut, and once a day in the end', async () => {
    const { asked, pass } = await room();
    await pass(6 * DAY, MINUTE);
    const times = asked.filter(([, address]) => address === 'C1').map(([at]) => at);
    const waits = times.slice(1).map((at, index) => (at - (times[index] ?? 0)) / MINUTE);
    expect(waits).toEqual([20, 40, 80, 160, 320, 640, 1_280, ...waits.slice(7).map(() => 1_440)]);
    expect(waits.length).toBeGreaterThan(9);
  });

  it('tell of a channel that is open, and go on while it is still paused', async () => {
    const { asked, opened, pass, store } = await room(async (address) => address === 'C2');
    await pass(MINUTE);
    expect(opened).toEqual(['C2']);
    await pass(30 * MINUTE, MINUTE);
    expect(opened).toEqual(['C2', 'C2']);
    await changeChannels(store.db, { paused: null, pausedAt: null }, { address: 'C2' });
    await pass(3 * 60 * MINUTE, MINUTE);
    expect(asked.filter(([, address]) => address === 'C2')).toHaveLength(2);
  });

  it('tell nothing where it cannot be seen', async () => {
    const { opened, asked, pass } = await room(async () => undefined);
    await pass(60 * MINUTE, MINUTE);
    expect(opened).toEqual([]);
    expect(asked.length).toBeGreaterThan(3);
  });

  it('give a channel that has just refused a card ten minutes', async () => {
    const { asked, pass, store } = await room();
    await pass(MINUTE);
    await changeChannels(store.db, { paused: '{}', pausedAt: NOON }, { address: 'C3' });
    await pass(30 * MINUTE);
    const [[first] = [0]] = asked.filter(([, address]) => address === 'C3');
    // The list is read after ten minutes, and the wait is ten; another channel is due at the same time.
    expect(first).toBe(20 * MINUTE + 2 * SECOND);
  });

  it.each([
    ['a channel', { platform: 'slack', address: 'C1' }, ['C1']],
    ['a workspace', { platform: 'slack', workspace: 'T2' }, ['C2']],
    ['a platform', { platform: 'slack' }, ['C1', 'C2']],
    ['a channel that takes cards', { platform: 'slack', address: 'C3' }, []],
    ['another platform', { platform: 'discord' }, []],
  ])('come at once for %s that may have changed', async (_, where, addresses) => {
    const { asked, pass, hurry } = await room();
    await pass(MINUTE);
    asked.splice(0);
    for (let time = 0; time < 20; time += 1) hurry(where);
    await pass(MINUTE);
    expect(asked.map(([, address]) => address)).toEqual(addresses);
  });

  it('of a channel that is shut again wait as for one that was never shut', async () => {
    const { asked, pass, store } = await room();
    await pass(DAY, MINUTE);
    await changeChannels(store.db, { paused: null, pausedAt: null }, { address: 'C2' });
    await pass(20 * MINUTE, MINUTE);
    asked.splice(0);
    await changeChannels(store.db, { paused: '{}', pausedAt: NOON }, { address: 'C2' });
    await pass(30 * MINUTE, MINUTE);
    expect(asked.filter(([, address]) => address === 'C2')).toHaveLength(1);
  });

  it('of a channel that may have changed and has not go on as rarely as before', async () => {
    const { asked, pass, hurry } = await room();
    await pass(3 * 60 * MINUTE, MINUTE);
    hurry({ platform: 'slack', address: 'C2' });
    await pass(MINUTE);
    asked.splice(0);
    await pass(60 * MINUTE, MINUTE);
    expect(asked.filter(([, address]) => address === 'C2')).toEqual([]);
  });

  it('begin anew after a restart, for what happened in between', async () => {
    const { asked, pass, restart } = await room();
    await pass(MINUTE);
    restart();
    await pass(MINUTE);
    expect(asked.map(([, address]) => address)).toEqual(['C1', 'C2', 'C1', 'C2']);
  });

  it('do not wait longer because the clock was set back', async () => {
    const { asked, pass, state } = await room();
    await pass(DAY, MINUTE);
    asked.splice(0);
    state.now = NOON;
    await pass(20 * MINUTE, MINUTE);
    expect(asked.length).toBeGreaterThanOrEqual(2);
  });

  it('tell nothing any more once the bot stops', async () => {
    const { opened, pass, stop } = await room(async () => {
      await stop();
      return true;
    });
    await pass(MINUTE);
    expect(opened).toEqual([]);
  });

  it('wait while the platform takes nothing, and end with the bot', async () => {
    const takes = { posts: false };
    const { asked, pass, stop } = await room(undefined, { takesPosts: () => takes.posts });
    await pass(MINUTE);
    expect(asked).toEqual([]);
    await stop();
    takes.posts = true;
    await pass(MINUTE);
    expect(asked).toEqual([]);
  });
});
