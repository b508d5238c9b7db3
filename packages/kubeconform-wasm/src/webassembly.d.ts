/** As much of the JavaScript API as is used here; its types come otherwise only with those of a browser. */
declare namespace WebAssembly {
  type ModuleImports = Record<string, (...args: never[]) => unknown>

  class Memory {
    readonly buffer: ArrayBuffer
  }

  class Module {
    constructor(bytes: Uint8Array)
    static imports(module: Module): { module: string; name: string }[]
  }

  class Instance {
    constructor(module: Module, imports: Record<string, ModuleImports>)
    readonly exports: Record<string, unknown>
  }
}
