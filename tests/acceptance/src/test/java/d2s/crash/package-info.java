/**
 * Whatever happens to the tool, its servers, its network and its disks, at every point of a run:
 * all of a migration is there afterwards or nothing, and the next run needs no help.
 */
package d2s.crash;
