// The shortest way to minitorch in a page: Pyodide as it comes, the wheel, an import.
onmessage = async ({ data: { pyodide, wheel } }) => {
  const { loadPyodide } = await import(pyodide + "pyodide.mjs");
  const [python, archive] = await Promise.all([
    loadPyodide({ indexURL: pyodide }),
    fetch(wheel).then((response) => response.arrayBuffer()),
  ]);
  python.unpackArchive(archive, "wheel");
  python.pyimport("minitorch");
  postMessage("Python ready");
};
