import { expect, it } from 'vitest';
import type { ApiAlert, ApiStanding } from '../../src/board/api/answer-schemas.ts';
import { createDeferredHandlers } from '../../src/chat/deferred-handlers.ts';
import { readXml } from '../board/api/read-xml.ts';
import { recorder } from '../delivery/recorder.ts';
import { at } from '../roads/market.ts';
import { stage } from '../roads/stage.ts';

const MON = '2025-06-02';

it('programs are told of a fall by the running bot: the alert, where the symbol stands, and its card', async () => {
  const world = await stage(at(MON, '09:25'));
  world.market.past('2025-05-30', 300);
  const handlers = createDeferredHandlers('en', () => 'not yet');
  const app = await world.start(recorder('discord'), 'env', { handlers });
  // One that has levels and a price of its own.
  await app.channels.open(
    { platform: 'discord', address: 'C0SECRET' },
    {
      language: 'en',
      origin: 'setup',
      settings: {
        rules: {
          TSLA: { drawdown: { 252: [1_150] }, price: [{ price: 280e6, side: 'below', since: at(MON, '09:26') }] },
        },
      },
    },
    at(MON, '09:26'),
  );
  await world.run(app, at(MON, '10:00'));
  world.market.move('TSLA', 0.88);
  await world.run(app, at(MON, '10:10'));

  const asked = async (path: string): Promise<string> => (await fetch(app.boardUrl + path)).text();
  const { alerts } = JSON.parse(await asked('/api/v1/alerts?symbol=TSLA')) as { alerts: readonly ApiAlert[] };
  expect(alerts.map(({ kind, level, price, unit }) => [kind, level, price, unit])).toEqual(
    expect.arrayContaining([
      ['drawdown', 11.5, 264, 'usd'],
      ['day', 10, 264, 'usd'],
    ]),
  );
  expect(alerts.map(({ kind }) => kind)).not.toContain('price');
  expect(JSON.parse(await asked('/api/v1/alerts?since=2025-06-03'))).toEqual({ alerts: [], next: null });

  const { market, standings } = JSON.parse(await asked('/api/v1/standings')) as {
    market: string;
    standings: readonly ApiStanding[];
  };
  const tesla = standings.find(({ symbol }) => symbol === 'TSLA');
  expect([market, tesla?.session, tesla?.is_close, tesla?.drawdown?.change_percent]).toEqual(['open', MON, false, -12]);
  const levels = (kind: string, window?: number) =>
    tesla?.levels.filter((it) => it.kind === kind && it.window_sessions === window);
  expect(levels('drawdown', 252)?.slice(0, 2)).toEqual([
    { kind: 'drawdown', window_sessions: 252, level_percent: 10, has_fired: true },
    { kind: 'drawdown', window_sessions: 252, level_percent: 20, has_fired: false },
  ]);
  expect(levels('day')?.[0]?.has_fired).toBe(true);
  expect(JSON.stringify(standings)).not.toContain('11.5');
  const quiet = standings.find(({ symbol }) => symbol === 'AAPL');
  expect(quiet?.levels.some(({ has_fired: fired }) => fired)).toBe(false);

  for (const [path, first] of [
    ['/feed.atom', '▼ Tesla'],
    ['/feed.atom?language=ko', '▼ 테슬라'],
  ] as const) {
    const text = await asked(path);
    expect(text).toContain(`<title>${first}`);
    expect(text).not.toContain('C0SECRET');
    const ids = readXml(text).children.filter(({ name }) => name === 'entry');
    expect(ids.length).toBeGreaterThan(0);
    expect(await asked(path)).toBe(text);
  }
  expect(await asked('/api/v1/alerts')).not.toContain('C0SECRET');
  const facts = JSON.parse(await asked('/api/v1/facts?limit=1')) as { facts: readonly { origin: string }[] };
  expect(facts.facts[0]?.origin).toBe('curated');
});
