/** Before any test: the kernels are those of the sources that are here. */
import { buildKernels } from './build-kernels.mjs';

export const setup = () => buildKernels();
