import manifest from '../../../package.json';

/** The release that runs. */
export const PROGRAM_VERSION: string = manifest.version;
