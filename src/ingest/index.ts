/**
 * The way in: events and items are checked, journalled, acknowledged, and written to the warehouse behind; histories
 * from elsewhere are imported row by row through the same intake.
 * It judges nothing and learns nothing: `serving` and `jobs` read what it took.
 */

export {
  IMPORT_FORMATS,
  type ImportDeadLetter,
  type ImportDeadLetters,
  type ImportFormat,
  type ImportReport,
} from './import/import-report.ts';
export { type ImportOptions, type ImportProgress, importHistory } from './import-history.ts';
