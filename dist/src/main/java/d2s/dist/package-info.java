/** Makes the files of a release that come from the commands and their options. */
package d2s.dist;
