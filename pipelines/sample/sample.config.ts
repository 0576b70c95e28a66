import { createSampleConfig } from './create-sample-config.ts';

// A config file of the tool: the one place where a default export is the interface.
export default createSampleConfig({
    directory: '../../.jointly/sample-exports',
    rules: '../../seeds',
    ledger: '../../.jointly/sample-ledger',
});
