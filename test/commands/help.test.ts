import { describe, expect, test } from 'vitest';
import { commandKey } from '../../commands/command-names.ts';
import { EXAMPLES, typedCall } from '../../commands/examples.ts';
import { commands } from '../../commands/index.ts';
import { languagesInWords } from '../../src/i18n/names.ts';
import { askingAt, context } from './asking.ts';
import { cardOf } from './market-context.ts';

describe.each(['discord', 'slack'])('on %s', (platform) => {
  test.each(EXAMPLES.map((call) => typedCall(call, platform)))('the example %s works', async (typed) => {
    for (const language of context.catalogue.languages) {
      const asking = askingAt({ platform, language });
      expect((await asking.line(typed.replace(/^\/slidewatch /, ''))).kind).toBe('card');
    }
  });

  test.each(context.catalogue.languages)(
    'the help in %s has every command with all of its examples',
    async (language) => {
      const card = cardOf(await askingAt({ platform, language }).line('help'));
      const rows = card.sections.flatMap((section) => section.rows);
      expect(rows.map(({ label }) => label)).toEqual(
        commands.map(({ name }) => (platform === 'slack' ? `/slidewatch ${name}` : `/${name}`)),
      );
      const text = rows.map((row) => row.text).join('\n');
      for (const call of EXAMPLES) expect(text).toContain(typedCall(call, platform));
    },
  );
});

test('every command has an example', () => {
  expect(new Set(EXAMPLES.map(({ name }) => name))).toEqual(new Set(commands.map(({ name }) => name)));
});

describe.each(context.catalogue.languages)('in %s', (language) => {
  const words = context.catalogue.in(language);

  test.each(commands.map((command) => [command.name, command] as const))(
    '%s has a name and descriptions that platforms accept',
    (_, command) => {
      const key = commandKey(command.name);
      for (const part of command.name.split(' ').length > 1 ? [commandKey('facts'), key] : [key]) {
        expect(words.say(`${part}.name`)).toMatch(/^[-_'\p{L}\p{N}]{1,32}$/u);
        expect(words.say(`${part}.name`)).toBe(words.say(`${part}.name`).toLowerCase());
      }
      const texts = [
        words.say(`${key}.description`),
        ...command.options.map(({ name }) =>
          words.say(`${key}.option.${name}`, { languages: languagesInWords(context.catalogue, words) }),
        ),
      ];
      for (const text of texts) {
        expect(text.length).toBeGreaterThan(0);
        expect(text.length).toBeLessThanOrEqual(100);
      }
    },
  );

  test('no two commands have the same name', () => {
    const names = commands.map(({ name }) =>
      name
        .split(' ')
        .map((_, index, parts) => words.say(`${commandKey(parts.slice(0, index + 1).join(' '))}.name`))
        .join(' '),
    );
    expect(new Set(names).size).toBe(names.length);
  });
});
