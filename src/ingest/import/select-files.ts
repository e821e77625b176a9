/** Which files of an export a format reads. */

import type { FormatContext } from './history-format.ts';
import { baseName, type SourceFile, unreadable } from './source-file.ts';

/** A few names, for a message. */
const someNames = (files: readonly SourceFile[]): string => {
  const names = files.slice(0, 5).map((file) => baseName(file.name));
  const more = files.length - names.length;
  return names.length === 0 ? 'nothing' : `${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
};

/**
 * The wanted ones; what lies beside them is counted as ignored. A file that was named alone is read whatever its name:
 * its content decides.
 * @throws {EngineError} unreadable_file there is none of them.
 */
export const selectFiles = (
  files: readonly SourceFile[],
  wanted: (file: SourceFile) => boolean,
  { context, expected }: { readonly context: FormatContext; readonly expected: string },
): readonly SourceFile[] => {
  const [only] = files;
  if (files.length === 1 && only?.path != null) return files;
  const chosen = files.filter(wanted);
  if (chosen.length === 0) throw unreadable(`expected ${expected}, found ${someNames(files)}`);
  if (files.length > chosen.length) context.note('files_ignored', files.length - chosen.length);
  return chosen;
};
