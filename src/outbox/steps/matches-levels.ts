import { nextLevel } from '../../slides/alert-kinds.ts';
import { YEAR_SESSIONS } from '../../slides/machine.ts';
import { storyKindOf } from '../../stories/fanout-plan.ts';
import { recoveryMatches } from '../matching-levels.ts';
import type { SettingsStep } from './step.ts';

const untold = (next: number | undefined) => ({ reason: 'level', ...(next !== undefined && { next }) }) as const;

export const matchesLevels: SettingsStep = ({ settings }, { plan, rulesOf, matched }) => {
  if (plan.kind === 'recovery') {
    const rules = rulesOf(settings);
    if (recoveryMatches(plan.level, rules)) return undefined;
    return untold(rules.drawdown.find(({ window }) => window === YEAR_SESSIONS)?.levels[0]);
  }
  // Whoever has no levels for a day's fall of a symbol wants none of one after the bell.
  if (storyKindOf(plan) === 'after-hours') return rulesOf(settings).day.length > 0 ? undefined : { reason: 'level' };
  if (plan.kind !== 'slide' || matched(settings).length > 0) return undefined;
  const rules = rulesOf(settings);
  return untold(plan.alerts.map((alert) => nextLevel(rules, alert)).find((level) => level !== undefined));
};
