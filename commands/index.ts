import { aiRevenue } from './ai-revenue.ts';
import { alertsBacktest } from './alerts-backtest.ts';
import { alertsHistory } from './alerts-history.ts';
import { alertsSet } from './alerts-set.ts';
import { alertsShow } from './alerts-show.ts';
import { alertsTest } from './alerts-test.ts';
import { bill } from './bill.ts';
import { capex } from './capex.ts';
import { chart } from './chart.ts';
import type { Command } from './command.ts';
import { digest } from './digest.ts';
import { drawdown } from './drawdown.ts';
import { earnings } from './earnings.ts';
import { factsArticle } from './facts-article.ts';
import { factsList } from './facts-list.ts';
import { factsSource } from './facts-source.ts';
import { help } from './help.ts';
import { language } from './language.ts';
import { mute } from './mute.ts';
import { pings } from './pings.ts';
import { quote } from './quote.ts';
import { schedule } from './schedule.ts';
import { setup } from './setup.ts';
import { status } from './status.ts';
import { unmute } from './unmute.ts';
import { watchAdd } from './watch-add.ts';
import { watchList } from './watch-list.ts';
import { watchRemove } from './watch-remove.ts';

/** The registry of commands, in the order of the help. */
export const commands: readonly Command[] = [
  quote,
  drawdown,
  chart,
  capex,
  aiRevenue,
  bill,
  earnings,
  digest,
  pings,
  factsList,
  factsSource,
  factsArticle,
  status,
  help,
  setup,
  watchList,
  watchAdd,
  watchRemove,
  alertsShow,
  alertsSet,
  alertsTest,
  alertsHistory,
  alertsBacktest,
  mute,
  unmute,
  schedule,
  language,
];
