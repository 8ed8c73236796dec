import { pino } from 'pino';
import { expect, it } from 'vitest';
import { createDeferredHandlers } from '../../src/chat/deferred-handlers.ts';
import type { ChannelSettings } from '../../src/stories/channel.ts';
import { textsUnder } from '../commands/asking.ts';
import { cardOf } from '../commands/market-context.ts';
import { recorder } from '../delivery/recorder.ts';
import { at } from './market.ts';
import { stage } from './stage.ts';

const MON = '2025-06-02';

it('why a channel was not told of a slide is in its /alerts history, in the log and in the metrics', async () => {
  const logged: Record<string, unknown>[] = [];
  const log = pino({ level: 'info' }, { write: (line: string) => void logged.push(JSON.parse(line)) });
  const handlers = createDeferredHandlers('en', () => 'not yet');
  const world = await stage(at(MON, '09:25'));
  world.market.past('2025-05-30', 300);
  const app = await world.start(recorder('discord'), 'env', { log, handlers });
  const open = (address: string, settings: ChannelSettings) =>
    app.channels.open(
      { platform: 'discord', address },
      { language: 'en', origin: 'setup', settings },
      at(MON, '09:25'),
    );
  const noMag7 = { without: ['MAG7'] };
  await open('deep', { ...noMag7, rules: { TSLA: { drawdown: { 252: [3_000], 20: [] }, day: [] } } });
  await open('digests', { ...noMag7, kinds: ['digest'] });
  await open('without', { without: ['TSLA', 'MAG7'] });
  const { id } = await open('muted', noMag7);
  await app.channels.mute(id, '*', at(MON, '16:00'), 'U1', at(MON, '09:25'));
  await world.run(app, at(MON, '10:00'));
  world.market.move('TSLA', 0.88);
  await world.run(app, at(MON, '10:10'));

  const historyOf = async (channel: string) => {
    const question = { options: {}, language: 'en', platform: 'discord', channel, asker: 'U1', workspace: 'W' };
    return textsUnder(cardOf(await handlers.questions.ask('alerts history', question)), 'ALERTS');
  };
  const fall = 'TSLA: 10% below the 252-session peak';
  expect(await historyOf('deep')).toEqual([`${fall}: not posted: your level is 30%`]);
  expect(await historyOf('digests')).toEqual([`${fall}: not posted: drawdowns and one-day falls are off`]);
  expect(await historyOf('muted')).toEqual([`${fall}: not posted: muted until 2 Jun 2025 16:00 New York`]);
  expect(await historyOf('without')).toEqual([]);
  expect(await historyOf('env')).toContain(`${fall}: posted`);

  // The board is told, too.
  const counts = { told: 2, level: 1, kind: 1, muted: 1, 'not-watched': 1 };
  const lines = logged.filter(({ msg, symbol }) => msg === 'channels decided' && symbol === 'TSLA');
  expect(lines).toMatchObject([{ kind: 'slide', counts }]);
  const metrics = await (await fetch(`${app.boardUrl}/metrics`)).text();
  expect(metrics).toMatch(/^slidewatch_channels_decided_total\{kind="slide",decision="level"\} \d+$/m);
});
