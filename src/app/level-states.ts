import type { LevelState } from '../board/board-view.ts';
import type { SessionDate } from '../market/calendar.ts';
import type { Rules } from '../market/watchlist.ts';
import { YEAR_SESSIONS } from '../slides/machine.ts';
import type { SlideState, Track } from '../slides/state.ts';

const statesOf = (
  rule: Pick<LevelState, 'kind' | 'window'>,
  levels: readonly number[],
  track: Pick<Track, 'disarmed'> | undefined,
): LevelState[] => levels.map((level) => ({ ...rule, level, hasFired: level <= (track?.disarmed ?? 0) }));

/** The levels of the watchlist for a symbol, and which of them have fired. `session`: of the latest price. */
export const levelStates = (
  { drawdown, day, rise = [], dayRise = [] }: Rules,
  state: SlideState | undefined,
  session: SessionDate | undefined,
): LevelState[] => {
  const ofSession = (track: SlideState['day']) => (track?.session === session ? track : undefined);
  return [
    ...drawdown.flatMap(({ window, levels }) =>
      statesOf({ kind: 'drawdown', window }, levels, state?.drawdown[window]),
    ),
    ...statesOf({ kind: 'day' }, day, ofSession(state?.day)),
    ...statesOf({ kind: 'rise', window: YEAR_SESSIONS }, rise, state?.rise),
    ...statesOf({ kind: 'day-rise' }, dayRise, ofSession(state?.dayRise)),
  ];
};
