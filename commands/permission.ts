import { platformFacts } from '../src/stories/platforms.ts';
import type { Question } from './command.ts';
import { type Problem, problem, type Reader } from './problems.ts';

/**
 * Why the person may not change this channel; undefined if they may. Asks the platform every time, because rights
 * change. If the platform cannot tell, nobody may.
 */
export const permissionProblem = async (
  reader: Reader,
  { mayChange, workspace, platform }: Pick<Question, 'mayChange' | 'workspace' | 'platform'>,
): Promise<Problem | undefined> => {
  const { permissionKey } = platformFacts(platform);
  if (mayChange === undefined)
    return problem(reader, permissionKey && workspace === undefined ? 'channel.direct' : 'permission.nowhere');
  let may: boolean;
  try {
    may = await mayChange();
  } catch {
    return problem(reader, 'permission.unknown');
  }
  return may ? undefined : problem(reader, permissionKey ?? 'permission.nowhere');
};
