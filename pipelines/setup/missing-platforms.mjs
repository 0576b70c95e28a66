/** @typedef {{ version?: string, optional?: boolean, os?: string[], cpu?: string[], libc?: string[],
 *     integrity?: string, resolved?: string, link?: boolean, optionalDependencies?: Record<string, string> }} LockedPackage */

const SYSTEMS = [
    'aix',
    'android',
    'darwin',
    'freebsd',
    'linux',
    'netbsd',
    'openbsd',
    'openharmony',
];
const OTHER_SYSTEMS = { win32: 'win32', windows: 'win32', sunos: 'sunos' };
const PROCESSORS = [
    'arm',
    'arm64',
    'ia32',
    'loong64',
    'mips64el',
    'ppc64',
    'riscv64',
    's390x',
    'x64',
];

/**
 * The locked packages, and those for other platforms that one of them asks for.
 *
 * @param {Record<string, LockedPackage>} locked by their place in node_modules
 * @returns {{ packages: Record<string, LockedPackage>, added: string[] }}
 */
export function withMissingPlatforms(locked) {
    /** @type {Record<string, LockedPackage>} */
    const missing = {};
    for (const [place, { optionalDependencies = {} }] of Object.entries(locked)) {
        for (const [name, version] of Object.entries(optionalDependencies)) {
            const platform = platformOf(name);
            const isExact = /^\d+\.\d+\.\d+[-.\w]*$/.test(version);
            if (platform === undefined || !isExact || isLocked(locked, place, name)) continue;
            missing[`node_modules/${name}`] = { version, optional: true, ...platform };
        }
    }
    const all = Object.entries({ ...locked, ...missing });
    return {
        packages: Object.fromEntries(all.sort(([a], [b]) => (a < b ? -1 : 1))),
        added: Object.keys(missing),
    };
}

/**
 * Packages of a registry that nothing would be checked of; folders of this repository have no hash.
 *
 * @param {Record<string, LockedPackage>} locked by their place in node_modules
 * @returns {{ place: string, name: string, version: string }[]}
 */
export function withoutIntegrity(locked) {
    return Object.entries(locked).flatMap(([place, { version, integrity, resolved, link }]) => {
        const isOwn = !place.includes('node_modules/') || link || resolved?.startsWith('file:');
        if (isOwn || integrity !== undefined || version === undefined) return [];
        const name = place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
        return [{ place, name, version }];
    });
}

/**
 * @param {string} name such as `@biomejs/cli-darwin-arm64` or `@rollup/rollup-linux-arm64-musl`
 */
function platformOf(name) {
    const words = name.split(/[-/]/);
    const others = /** @type {Record<string, string>} */ (OTHER_SYSTEMS);
    const os = words.map((w) => (SYSTEMS.includes(w) ? w : others[w])).find((w) => w !== undefined);
    const cpu = words.find((word) => PROCESSORS.includes(word) || word === 'universal');
    if (os === undefined || cpu === undefined) return undefined;
    return {
        os: [os],
        ...(cpu === 'universal' ? {} : { cpu: [cpu] }),
        ...(/musl/.test(name) ? { libc: ['musl'] } : {}),
    };
}

/**
 * Whether a package finds the other one on its way up through the folders.
 *
 * @param {Record<string, LockedPackage>} locked
 * @param {string} place
 * @param {string} name
 */
function isLocked(locked, place, name) {
    let folder = place;
    for (;;) {
        if (`${folder}${folder === '' ? '' : '/'}node_modules/${name}` in locked) return true;
        if (folder === '') return false;
        const up = folder.lastIndexOf('/node_modules/');
        folder = up === -1 ? '' : folder.slice(0, up);
    }
}
