import type { Fact, Subject } from '../../fact.ts';
import type { Proposal } from '../../proposals/proposal.ts';
import type { OpenSegment } from '../segments/open-segment.ts';
import type { FiledDocument } from './filed-document.ts';

/** What one document gave. */
export interface DocumentRead {
  readonly subject: Subject;
  /** As it is listed. */
  readonly document: FiledDocument;
  /** Filed figures; may be empty. */
  readonly facts: readonly Fact[];
  /** Guidance, for a person to confirm; may be empty. */
  readonly proposals: readonly Proposal[];
  /** All segment figures of the subject that are not in. Replaces what was noted before. */
  readonly open: readonly OpenSegment[];
}

/** Store of what the documents of filings gave, and of which were read. */
export interface ReadDocuments {
  /** All filed facts of a subject. */
  known(subject: Subject): Promise<readonly Fact[]>;
  isRead(document: FiledDocument): Promise<boolean>;
  /** All guidance that was ever proposed of a subject, whatever became of it, oldest first. */
  proposed(subject: Subject): Promise<readonly Fact[]>;
  /** Segment figures of a subject that are not in. */
  open(subject: Subject): Promise<readonly OpenSegment[]>;
  /** Replaces what is noted of a subject. */
  note(subject: Subject, open: readonly OpenSegment[]): Promise<void>;
  /** Adds what a document gave and notes it as read, in one transaction. */
  add(read: DocumentRead): Promise<void>;
}
