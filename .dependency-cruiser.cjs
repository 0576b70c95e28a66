// Who may import whom: cli -> run -> {sources, warehouse, rules, export, finance} -> contracts -> errors.
/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
    forbidden: [
        {
            name: 'no-cycles',
            comment: 'Files that import each other cannot be understood one by one.',
            severity: 'error',
            from: {},
            to: { circular: true },
        },
        {
            name: 'errors-know-nobody',
            severity: 'error',
            from: { path: '^pipelines/errors\\.ts$' },
            to: { path: '^pipelines/' },
        },
        {
            name: 'contracts-know-only-errors',
            severity: 'error',
            from: { path: '^pipelines/contracts/' },
            to: {
                path: '^pipelines/',
                pathNot: '^pipelines/(contracts/|errors\\.ts|nearest\\.ts)',
            },
        },
        {
            name: 'rooms-are-strangers',
            comment: 'They meet only in pipelines/run; rules need no warehouse at all.',
            severity: 'error',
            from: { path: '^pipelines/(sources|warehouse|rules|finance|serving)/' },
            to: {
                path: '^pipelines/(sources|warehouse|rules|export|finance|serving|run|cli|sample|setup)[/.]',
                pathNot: '^pipelines/$1/',
            },
        },
        {
            name: 'export-reads-the-warehouse-only',
            severity: 'error',
            from: { path: '^pipelines/export/' },
            to: { path: '^pipelines/(sources|rules|finance|serving|run|cli|sample|setup)[/.]' },
        },
        {
            name: 'run-does-not-know-the-cli',
            severity: 'error',
            from: { path: '^pipelines/run/' },
            to: { path: '^pipelines/cli[/.]' },
        },
        {
            name: 'only-the-cli-knows-the-cli',
            severity: 'error',
            from: { path: '^pipelines/', pathNot: '^pipelines/cli[/.]' },
            to: { path: '^pipelines/cli[/.]' },
        },
        {
            name: 'set-up-stands-alone',
            comment: 'It runs before anything is installed.',
            severity: 'error',
            from: { path: '^pipelines/setup/' },
            to: { pathNot: '^pipelines/setup/', dependencyTypesNot: ['core'] },
        },
        {
            name: 'set-up-is-not-a-library',
            comment: 'Only the launcher and the doctor ask what is installed.',
            severity: 'error',
            from: { path: '^pipelines/', pathNot: '^pipelines/(setup/|(run|cli)/doctor\\.ts)' },
            to: { path: '^pipelines/setup/' },
        },
        {
            name: 'product-does-not-import-tests',
            severity: 'error',
            from: { path: '^(bin|pipelines)/' },
            to: { path: '^test/' },
        },
        {
            name: 'no-dev-packages-in-the-product',
            severity: 'error',
            from: { path: '^(bin|pipelines)/' },
            to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
        },
        {
            name: 'declared-packages-only',
            severity: 'error',
            from: {},
            to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
        },
        {
            name: 'resolvable',
            severity: 'error',
            from: {},
            to: { couldNotResolve: true },
        },
    ],
    options: {
        // The TypeScript in use has no programming interface.
        parser: 'swc',
        doNotFollow: { path: 'node_modules' },
        tsConfig: { fileName: 'tsconfig.json' },
        tsPreCompilationDeps: true,
        enhancedResolveOptions: {
            exportsFields: ['exports'],
            conditionNames: ['import', 'default'],
        },
    },
};
