import { aiRevenue } from './ai-revenue.ts';
import { bill } from './bill.ts';
import { capex } from './capex.ts';
import { chart } from './chart.ts';
import type { Command } from './command.ts';
import { drawdown } from './drawdown.ts';
import { factsList } from './facts-list.ts';
import { factsSource } from './facts-source.ts';
import { help } from './help.ts';
import { quote } from './quote.ts';
import { status } from './status.ts';

/** Everything that can be asked, in the order of the help. */
export const commands: readonly Command[] = [
  quote,
  drawdown,
  chart,
  capex,
  aiRevenue,
  bill,
  factsList,
  factsSource,
  status,
  help,
];
