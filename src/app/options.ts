import type { BoardOptions } from '../board/board.ts';
import type { DeferredHandlers } from '../chat/deferred-handlers.ts';
import type { BotClock } from '../clock/bot-clock.ts';
import type { DrawChart } from '../delivery/compose.ts';
import type { EdgarCache } from '../facts/edgar/cache.ts';
import type { EdgarClient } from '../facts/edgar/client.ts';
import type { Catalogue } from '../i18n/catalogue.ts';
import type { Calendar } from '../market/calendar.ts';
import type { Source } from '../market/source.ts';
import type { StoreError } from '../store/store-error.ts';
import type { WhenUnsure } from '../store/unconfirmed.ts';
import type { Invitation } from '../stories/platforms.ts';
import type { Logger } from '../telemetry/log.ts';
import type { Config } from './config.ts';
import type { Shutdown } from './shutdown.ts';
import type { Destination } from './start-platforms.ts';

/** Options of a run: from .env for `start`, fixed for the demo, simulated in tests. */
export interface AppOptions {
  readonly databaseUrl: string;
  /** Called when a query finds that the database is damaged. Default: whoever asked hears of it. */
  readonly onDamaged?: (fault: StoreError) => void;
  readonly board: Pick<BoardOptions, 'host' | 'port' | 'token' | 'origin'>;
  /** Called once a minute while all is well. Default: none. */
  readonly heartbeatUrl?: string;
  readonly pollMs: number;
  readonly pollOutsideSessions: boolean;
  readonly language: string;
  /** IANA time zone of channels without one of their own. Default: New York's. */
  readonly timeZone?: string;
  readonly destinations: readonly Destination[];
  /** Where people bring the bot in, for the board. Default: nowhere. */
  readonly invitations?: () => readonly Invitation[];
  readonly source: (calendar: Calendar) => Promise<Source>;
  /** Where new quarters come from; absent if EDGAR may not be asked. */
  readonly edgar?: (cache: EdgarCache) => Promise<EdgarClient>;
  /** Version of the program, for the metrics of this process. Absent: they are left out, as they observe all of Node. */
  readonly version?: string;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  /** What makes that clock. Absent: it is right. */
  readonly botClock?: BotClock;
  readonly log: Logger;
  /** The messages, if they are read already. */
  readonly catalogue?: Catalogue;
  /** In [0, 1); spreads waits between attempts. Default: Math.random. */
  readonly random?: () => number;
  /** Draws the pictures of cards. Default: `chartPng`. */
  readonly drawChart?: DrawChart;
  /** What happens to a card whose delivery stays unconfirmed. Default: it is sent again. */
  readonly whenUnsure?: WhenUnsure;
  /** Handlers given to platforms before the bot is built; they start answering once it is. */
  readonly handlers?: DeferredHandlers;
}

/** What every builder starts from. */
export interface BuildContext {
  readonly options: AppOptions;
  readonly timeZone: string;
  readonly config: Config;
  readonly source: Source;
  readonly shutdown: Shutdown;
}
