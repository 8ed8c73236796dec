import { fromMicros, type Micros } from '../market/money.ts';
import type { PriceMemory } from '../market/price-memory.ts';
import type { Logger } from '../telemetry/log.ts';
import { MINUTE_MS } from '../util/durations.ts';

/** A jump that has waited longer than this is logged when it ends. */
const LONG_WAIT_MS = 10 * MINUTE_MS;

const minutes = (since: number, now: number): number => Math.round((now - since) / MINUTE_MS);

/**
 * Logs the start and the end of a doubt, and the end of a jump that has waited for ten minutes, with their numbers.
 * `ours`: the newest close that we have.
 */
export const logMemoryChanges = (
  log: Pick<Logger, 'info'>,
  symbol: string,
  {
    before,
    after,
    ours,
  }: { readonly before?: PriceMemory | undefined; readonly after: PriceMemory; readonly ours?: Micros | undefined },
  now: number,
): void => {
  const [was, is] = [before?.doubt, after.doubt];
  const close = ours === undefined ? {} : { ours: fromMicros(ours) };
  if (is && is.since !== was?.since)
    log.info(
      {
        ...{ symbol, reason: is.reason, session: is.session, ...close },
        ...(is.factor !== undefined && { ratio: is.factor }),
        ...(is.factor !== undefined && ours !== undefined && { previousClose: fromMicros(ours * is.factor) }),
      },
      'prices in doubt',
    );
  if (was && !is) log.info({ symbol, reason: was.reason, minutes: minutes(was.since, now), ...close }, 'doubt is over');
  const jump = before?.jump;
  if (jump && !after.jump && now - jump.since > LONG_WAIT_MS)
    log.info(
      { symbol, price: fromMicros(jump.price), minutes: minutes(jump.since, now), ...close },
      'jump no longer waits',
    );
};
