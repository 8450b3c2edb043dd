import base from './playwright.config';
export default { ...base, globalSetup: undefined, outputDir: '/tmp/i7-results' };
