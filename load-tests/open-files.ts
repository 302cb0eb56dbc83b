/** Sockets are open files, here and in the server. Node raises its own limit to what the system allows; more it cannot do. */

/** Sockets, and what a process has open besides. */
const besides = 500;

export const assertFilesEnough = (sockets: number) => {
  const { userLimits } = process.report.getReport() as unknown as {
    userLimits?: { open_files?: { hard: number | string } };
  };
  const hard = Number(userLimits?.open_files?.hard);
  if (hard < sockets + besides)
    throw new Error(`${sockets} sockets need as many open files, but this system allows ${hard} (see ulimit -Hn).`);
};
