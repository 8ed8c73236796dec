import { watches } from '../../channels/channel-rules.ts';
import { symbolOf } from '../../stories/fanout-plan.ts';
import type { SettingsStep } from './step.ts';

export const watchesSymbol: SettingsStep = ({ settings }, { plan, watchlist }) => {
  const symbol = symbolOf(plan);
  return symbol === '*' || plan.kind === 'withdrawal' || watches(settings, watchlist, symbol)
    ? undefined
    : { reason: 'not-watched' };
};
