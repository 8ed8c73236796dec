import type { Invitation } from '../stories/platforms.ts';

const WHAT: Readonly<Record<Invitation['to'], string>> = {
  server: 'Invite the bot to a server',
  person: "Add its questions to a person's own chats",
  workspace: 'Create the app in a workspace, from the manifest',
};

/** One line: what the page is for, and its address or the way there. */
export const invitationText = ({ to, url, inWords = url }: Invitation): string => `${WHAT[to]}: ${inWords}`;
