import type { Migration } from 'kysely/migration';
import { first } from './migrations/0001-first.ts';
import { filings } from './migrations/0002-filings.ts';
import { channels } from './migrations/0003-channels.ts';
import { wholeNumbers } from './migrations/0004-whole-numbers.ts';
import { channelStates } from './migrations/0005-channel-states.ts';
import { planKinds } from './migrations/0006-plan-kinds.ts';
import { fanoutReasons } from './migrations/0007-fanout-reasons.ts';
import { barOrigin } from './migrations/0008-bar-origin.ts';
import { withdrawnAlerts } from './migrations/0009-withdrawn-alerts.ts';
import { leaseBasis } from './migrations/0010-lease-basis.ts';
import { channelLacks } from './migrations/0011-channel-lacks.ts';
import { proposals } from './migrations/0012-proposals.ts';
import { subscriptions } from './migrations/0013-subscriptions.ts';
import { undatedFigures } from './migrations/0014-undated-figures.ts';
import { slideWindows } from './migrations/0015-slide-windows.ts';
import { edits } from './migrations/0016-edits.ts';
import { muteNotes } from './migrations/0017-mute-notes.ts';
import { billNews } from './migrations/0018-bill-news.ts';
import { afterHours } from './migrations/0019-after-hours.ts';
import { readyDeliveries } from './migrations/0020-ready-deliveries.ts';
import { jobHistory } from './migrations/0021-job-history.ts';

/** In order. A released migration never changes. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-first': first,
  '0002-filings': filings,
  '0003-channels': channels,
  '0004-whole-numbers': wholeNumbers,
  '0005-channel-states': channelStates,
  '0006-plan-kinds': planKinds,
  '0007-fanout-reasons': fanoutReasons,
  '0008-bar-origin': barOrigin,
  '0009-withdrawn-alerts': withdrawnAlerts,
  '0010-lease-basis': leaseBasis,
  '0011-channel-lacks': channelLacks,
  '0012-proposals': proposals,
  '0013-subscriptions': subscriptions,
  '0014-undated-figures': undatedFigures,
  '0015-slide-windows': slideWindows,
  '0016-edits': edits,
  '0017-mute-notes': muteNotes,
  '0018-bill-news': billNews,
  '0019-after-hours': afterHours,
  '0020-ready-deliveries': readyDeliveries,
  '0021-job-history': jobHistory,
};
