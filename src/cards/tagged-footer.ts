import type { Card } from './card.ts';

/** The footer with the card's subject at its beginning, where the title does not have it: "NVDA · 30 Jul 2024 16:00 …". */
export const footerLines = ({ title, tag, footer }: Card): readonly string[] => {
  if (tag === undefined || title.includes(tag)) return footer;
  const [first, ...others] = footer;
  return [first === undefined ? tag : `${tag} · ${first}`, ...others];
};
