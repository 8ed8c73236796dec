import { isForPeople } from './command-line.ts';

/** `ok`: works. `--`: not set up, or no data yet. `!!`: a person has to act. */
export interface Finding {
  readonly state: 'ok' | '--' | '!!';
  /** One line: what was checked, what was found, and what to do. */
  readonly text: string;
}

export const ok = (text: string): Finding => ({ state: 'ok', text });
export const none = (text: string): Finding => ({ state: '--', text });
export const bad = (text: string): Finding => ({ state: '!!', text });

/** The findings of a check; a fault that a person can mend is one itself, so that the other checks go on. */
export const tried = async (check: () => Finding[] | Promise<Finding[]>): Promise<Finding[]> => {
  try {
    return await check();
  } catch (error) {
    if (!isForPeople(error)) throw error;
    return [bad(error.message)];
  }
};

/** What a person has to act on comes last, where a terminal stops. */
const GROUPS = [
  ['ok', 'What works'],
  ['--', 'Not set up, or nothing there yet'],
  ['!!', 'What to fix'],
] as const;

/** The findings in groups with a heading each, every text once; a group without findings is left out. */
export const groupedReport = (findings: readonly Finding[]): string => {
  const groups = GROUPS.flatMap(([state, heading]) => {
    const texts = new Set(findings.filter((each) => each.state === state).map(({ text }) => text));
    const lines = [...texts].map((text) => `${state}  ${text}\n`);
    return lines.length === 0 ? [] : [`${heading}\n${lines.join('')}`];
  });
  return groups.join('\n');
};
