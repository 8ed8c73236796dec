import { VARIABLE_NAMES } from '../app/settings.ts';

/** A setting as .env.example has it. */
interface Setting {
  readonly name: string;
  /** What it does, in sentences. */
  readonly what: string;
  /** Empty: not set. */
  readonly byDefault: string;
  readonly example: string;
}

interface Section {
  readonly heading: string;
  readonly settings: Setting[];
}

const HEADING = /^# --- (.*?) -+$/;
const VARIABLE = /^(# )?([A-Z][A-Z0-9_]*)=(.*)$/;
const DEFAULT = /\bDefault: (.*?)\.(?= |$)/;
const EXAMPLE = /\s*Example: [A-Z_]+=(.*)$/;

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
const code = (text: string): string => (text === '' ? '' : `\`${text.replaceAll('|', '\\|')}\``);

/** The sections of .env.example; a variable without a comment of its own goes by the one before. */
const sectionsOf = (envExample: string): Section[] => {
  const sections: Section[] = [];
  let comment: string[] = [];
  for (const line of envExample.split('\n')) {
    const [, heading] = HEADING.exec(line) ?? [];
    const [, off, name, value = ''] = VARIABLE.exec(line) ?? [];
    if (heading !== undefined) {
      sections.push({ heading: heading.replace(/:.*$/, ''), settings: [] });
      comment = [];
    } else if (name !== undefined) {
      const said = comment.join(' ');
      const [, example = ''] = EXAMPLE.exec(said) ?? [];
      const what = said.replace(EXAMPLE, '');
      const [, written = ''] = DEFAULT.exec(what) ?? [];
      const isDefault = off === undefined && value !== '';
      sections.at(-1)?.settings.push({
        name,
        what,
        byDefault: isDefault ? value : /^[\w:/.-]+$/.test(written) ? written : '',
        example: example || value,
      });
      comment = [];
    } else if (line.startsWith('# ')) comment.push(line.slice(2));
    else comment = [];
  }
  return sections.filter(({ settings }) => settings.length > 0);
};

const table = ({ heading, settings }: Section): string => {
  const rows = settings.map(
    ({ name, what, byDefault, example }) =>
      `| \`${name}\` | ${cell(what)} | ${code(byDefault)} | ${code(example === '' ? '' : `${name}=${example}`)} |\n`,
  );
  return `## ${heading}\n\n| name | what | default | example |\n|---|---|---|---|\n${rows.join('')}`;
};

/**
 * The page of all settings, from the schema's names and the comments of .env.example.
 * @throws TypeError if one of the two has a setting that the other lacks.
 */
export const settingsPage = (envExample: string): string => {
  const sections = sectionsOf(envExample);
  const named = sections.flatMap(({ settings }) => settings.map(({ name }) => name));
  const missing = VARIABLE_NAMES.filter((name) => !named.includes(name));
  const unknown = named.filter((name) => !VARIABLE_NAMES.includes(name));
  if (missing.length + unknown.length > 0)
    throw new TypeError(`.env.example and the schema differ in ${[...missing, ...unknown].join(', ')}`);
  return `# Settings

Made by \`npm run docs\` from the schema and \`.env.example\`. Set them in \`.env\`, or in the environment, which wins. All are optional;
an empty one counts as not set. \`npm run doctor\` says which are misspelt or wrong. Channels of other programs are set up in config/channels.yaml,
which names variables of its own: [webhooks](webhooks.md).

${sections.map(table).join('\n')}`;
};
