/** Sources as the architecture test reads them: imports, and code without comments and texts. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');

export interface SourceFile {
  /** From the root of the repository, with `/`. */
  readonly path: string;
  readonly text: string;
  readonly imports: readonly string[];
  readonly isTest: boolean;
}

/** Every file below a folder, as paths from the root; none when the folder is absent. */
export const filesBelow = (folder: string): string[] => {
  const path = join(ROOT, folder);
  if (!existsSync(path)) return [];
  return readdirSync(path, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort();
};

export const foldersIn = (folder: string): string[] =>
  readdirSync(join(ROOT, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();

export const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

const IMPORT = /(?:\bfrom\s*|\bimport\s*\(\s*|\bimport\s+|\brequire(?:\.resolve)?\s*\(\s*)(['"])([^'"\s$]+)\1/g;

export const sourcesBelow = (folder: string): SourceFile[] =>
  filesBelow(folder)
    .filter((path) => /\.(ts|tsx|mjs)$/.test(path))
    .map((path) => {
      const text = withoutComments(read(path));
      return {
        path,
        text,
        imports: [...text.matchAll(IMPORT)].map((match) => match[2] as string),
        isTest: /\.(test|contract|adapter\.test)\.tsx?$/.test(path),
      };
    });

/** Where a relative import points, from the root. */
export const resolveFrom = (path: string, specifier: string): string =>
  relative(ROOT, join(ROOT, dirname(path), specifier)).replaceAll('\\', '/');

/** `@scope/name` or `name` of an import from the registry. */
export const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

// Texts are matched first, so that `//` inside a text is not taken for a comment.
const TEXT_OR_COMMENT = /('(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`)|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g;

const withoutComments = (text: string): string => text.replace(TEXT_OR_COMMENT, (_, kept?: string) => kept ?? ' ');
