/**
 * Work that runs beside the server: learning from the log, benches of models.
 * Jobs bring data, models and measures together; they answer no requests and choose no adapters.
 */

export {
  BENCH_MODELS,
  type BenchModelName,
  type BenchModelsOptions,
  benchModels,
  type ModelBench,
} from './bench-models.ts';
