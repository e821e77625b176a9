/**
 * Zip archives, read entry by entry where they lie; nothing is unpacked to disk. What an archive claims is checked
 * before it is read (names, sizes, number of entries), and what it gives is held to the claim (size, checksum).
 */

import { type Readable, Transform } from 'node:stream';
import { crc32 } from 'node:zlib';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { inNaturalOrder, type Source, type SourceFile, type SourceLimits, unreadable } from './source-file.ts';

/** Below this an entry may shrink as it likes: no harm comes of it. */
const SMALL_BYTES = 16 * 2 ** 20;

const isFolder = (entry: Entry): boolean => entry.fileName.endsWith('/');

/** What archivers leave beside the content. */
const isSystemFile = (name: string): boolean => name.startsWith('__MACOSX/') || /(?:^|\/)\./.test(name);

const checkEntry = (entry: Entry, limits: SourceLimits): void => {
  if (entry.isEncrypted()) throw unreadable(`the archive is encrypted (${entry.fileName}): unpack it first`);
  const ratio = entry.uncompressedSize / Math.max(1, entry.compressedSize);
  if (entry.uncompressedSize >= SMALL_BYTES && ratio > limits.maxRatio) {
    throw unreadable(
      `${entry.fileName} claims to unpack to ${Math.round(ratio)} times its size: at most ${limits.maxRatio} is read`,
    );
  }
};

/** Passes the bytes on and fails at the end if they are not those that were packed; the library leaves this to us. */
const checked = (stream: Readable, entry: Entry): Readable => {
  let sum = 0;
  const check = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      sum = crc32(chunk, sum);
      done(null, chunk);
    },
    flush(done) {
      done(sum === entry.crc32 ? null : new Error('its checksum is wrong, the archive is damaged'));
    },
  });
  stream.on('error', (error) => check.destroy(error));
  check.on('close', () => stream.destroy());
  return stream.pipe(check);
};

const fileOf = (zip: ZipFile, entry: Entry): SourceFile => ({
  name: entry.fileName,
  size: entry.uncompressedSize,
  modifiedAt: entry.getLastModDate({ timezone: 'UTC' }).getTime(),
  path: null,
  open: async () => checked(await zip.openReadStreamPromise(entry), entry),
});

const listEntries = async (zip: ZipFile, limits: SourceLimits): Promise<readonly SourceFile[]> => {
  const files: SourceFile[] = [];
  let unpacked = 0;
  for await (const entry of zip.eachEntry()) {
    if (isFolder(entry) || isSystemFile(entry.fileName)) continue;
    checkEntry(entry, limits);
    unpacked += entry.uncompressedSize;
    if (unpacked > limits.maxUnpackedBytes) {
      throw unreadable(`the archive unpacks to more than ${limits.maxUnpackedBytes} bytes`);
    }
    files.push(fileOf(zip, entry));
    if (files.length > limits.maxFiles) throw unreadable(`the archive holds more than ${limits.maxFiles} files`);
  }
  return inNaturalOrder(files);
};

export const openZip = async (path: string, limits: SourceLimits): Promise<Source> => {
  let zip: ZipFile;
  try {
    zip = await openPromise(path, { lazyEntries: true, autoClose: false });
  } catch (cause) {
    throw unreadable(`the zip archive cannot be read (cut off or damaged): ${(cause as Error).message}`, cause);
  }
  // Errors reach us through the calls that meet them; without a listener the event alone would end the process.
  zip.on('error', () => undefined);
  try {
    return { files: await listEntries(zip, limits), close: () => zip.close() };
  } catch (cause) {
    zip.close();
    throw (cause as { code?: unknown }).code === 'unreadable_file'
      ? cause
      : unreadable(`the zip archive cannot be read: ${(cause as Error).message}`, cause);
  }
};
